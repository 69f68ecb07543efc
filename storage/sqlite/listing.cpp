#include "storage/sqlite/listing.hpp"

#include "core/execution/search.hpp"
#include "storage/sqlite/query.hpp"
#include "storage/sqlite/rows.hpp"

#include <algorithm>
#include <limits>

namespace goflow::storage {
namespace {

using core::Execution;
using core::ExecutionStatus;

/// Where the rows come from, in the order of the listing: the executions themselves, or the index
/// of a tag or a label, which may be rare.
class Source {
 public:
  explicit Source(const core::ExecutionFilter& filter) {
    if (!filter.tags.empty()) {
      table_ = "execution_tags";
    } else if (!filter.labels.empty()) {
      table_ = "execution_labels";
    }
  }

  [[nodiscard]] bool is_word() const { return table_ != nullptr; }
  [[nodiscard]] std::string text() const {
    if (!is_word()) return "executions e";
    return std::string(table_) + " w CROSS JOIN executions e ON e.id = w.execution_id";
  }
  [[nodiscard]] const char* time() const { return is_word() ? "w.created_at" : "e.created_at"; }
  [[nodiscard]] const char* id() const { return is_word() ? "w.execution_id" : "e.id"; }

 private:
  const char* table_ = nullptr;
};

/// Collects the conditions that hold for every status.
class Conditions {
 public:
  Conditions(const core::ExecutionFilter& filter, std::vector<std::string>& parameters)
      : source_(filter), parameters_(parameters) {
    add_words(filter);
    if (filter.workflow_id) add("e.workflow_id =", *filter.workflow_id);
    if (filter.instance_id) add("e.instance_id =", *filter.instance_id);
    if (filter.since) add_time(">=", *filter.since);
    if (filter.until) add_time("<", *filter.until);
    if (!filter.with_children) text_ += " AND e.parent_execution_id IS NULL";
    if (!filter.search.empty()) add_search(filter.search);
  }

  void add_after(const core::PagePosition& position) {
    const std::string time = parameter(core::format_rfc3339(position.created_at));
    const std::string id = parameter(position.id);
    // The row itself knows best: a time that the original wrote may be none that we can read.
    text_ += std::string(" AND (") + source_.time() + ", " + source_.id() +
             ") < (coalesce((SELECT created_at FROM executions WHERE id = " + id + "), " + time +
             "), " + id + ")";
  }

  [[nodiscard]] const Source& source() const { return source_; }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  void add(const std::string& comparison, std::string value) {
    text_ += " AND " + comparison + " " + parameter(std::move(value));
  }

  void add_time(const std::string& comparison, core::Timestamp time) {
    add(source_.time() + (" " + comparison), core::format_rfc3339(time));
  }

  /// The first word is where the rows come from.
  void add_words(const core::ExecutionFilter& filter) {
    for (std::size_t i = 0; i < filter.tags.size(); ++i) {
      if (i == 0) {
        add("w.tag =", filter.tags[i]);
      } else {
        text_ += " AND EXISTS (SELECT 1 FROM execution_tags WHERE execution_id = e.id AND tag = " +
                 parameter(filter.tags[i]) + ")";
      }
    }
    for (std::size_t i = 0; i < filter.labels.size(); ++i) {
      if (i == 0 && filter.tags.empty()) {
        add_label("w.", filter.labels[i]);
        continue;
      }
      text_ += " AND EXISTS (SELECT 1 FROM execution_labels l WHERE l.execution_id = e.id";
      add_label("l.", filter.labels[i]);
      text_ += ")";
    }
  }

  void add_label(const std::string& table, const core::LabelFilter& label) {
    add(table + "key =", label.key);
    if (label.value) add(table + "value =", *label.value);
  }

  void add_search(const std::string& text) {
    const std::string wanted = parameter(core::folded(text));
    const auto found_in = [&](const std::string& column) {
      return "found_in(" + column + ", " + wanted + ")";
    };
    text_ += " AND (" + found_in("e.id") + " OR " + found_in("e.workflow_id") + " OR " +
             found_in("e.name") + " OR " + found_in("e.error_message") +
             " OR e.id IN (SELECT execution_id FROM execution_tags WHERE " + found_in("tag") + "))";
  }

  std::string parameter(std::string value) {
    parameters_.push_back(std::move(value));
    return "?" + std::to_string(parameters_.size());
  }

  Source source_;
  std::vector<std::string>& parameters_;
  std::string text_;
};

std::vector<ExecutionStatus> each_once(std::vector<ExecutionStatus> statuses) {
  std::sort(statuses.begin(), statuses.end());
  statuses.erase(std::unique(statuses.begin(), statuses.end()), statuses.end());
  return statuses;
}

std::string quoted(ExecutionStatus status) {
  return "'" + std::string(to_string(status)) + "'";
}

std::vector<std::string> status_conditions(const std::vector<ExecutionStatus>& statuses) {
  if (statuses.empty()) return {"TRUE"};
  std::vector<std::string> conditions;
  for (const ExecutionStatus status : each_once(statuses)) {
    conditions.push_back("e.status = " + quoted(status));
  }
  return conditions;
}

std::string any_of(const std::vector<ExecutionStatus>& statuses) {
  if (statuses.empty()) return "TRUE";
  std::string words;
  for (const ExecutionStatus status : each_once(statuses)) {
    words += (words.empty() ? "" : ", ") + quoted(status);
  }
  return "e.status IN (" + words + ")";
}

bool goes_on(ExecutionStatus status) {
  return status == ExecutionStatus::running || status == ExecutionStatus::waiting;
}

void bind_all(Query& query, const std::vector<std::string>& parameters) {
  for (const std::string& parameter : parameters) {
    query.bind(parameter);
  }
}

/// Beyond what SQL could say.
bool is_kept(const Execution& execution, const core::ExecutionFilter& filter) {
  return !filter.keep || !goes_on(execution.status) || filter.keep(execution);
}

/// Whether the counts that triggers keep can tell it.
bool is_counted(const core::ExecutionFilter& filter) {
  return filter.tags.empty() && filter.labels.empty() && filter.search.empty() && !filter.since &&
         !filter.until && !filter.with_children && !filter.keep;
}

std::int64_t sum_of_counts(Database& database, const core::ExecutionFilter& filter) {
  std::vector<std::string> parameters;
  std::string sql =
      "SELECT coalesce(sum(n), 0) FROM execution_counts e WHERE " + any_of(filter.statuses);
  const auto add = [&](const char* column, const std::optional<std::string>& value) {
    if (!value) return;
    parameters.push_back(*value);
    sql += std::string(" AND e.") + column + " = ?" + std::to_string(parameters.size());
  };
  add("workflow_id", filter.workflow_id);
  add("instance_id", filter.instance_id);
  Query query(database, sql);
  bind_all(query, parameters);
  query.next();
  return query.integer();
}

/// Of rows that have to be read to be judged.
std::int64_t count_kept(Database& database,
                        const core::ExecutionFilter& filter,
                        std::int64_t limit) {
  const Listing listing = make_listing(filter, std::nullopt);
  Query rows(database, listing.sql);
  bind_all(rows, listing.parameters);
  std::int64_t count = 0;
  while (count < limit && rows.next()) {
    if (is_kept(read_execution(rows), filter)) ++count;
  }
  return count;
}

std::int64_t count_rows(Database& database,
                        const core::ExecutionFilter& filter,
                        std::int64_t limit) {
  const Listing rows = make_selection("1", "", filter);
  Query query(database,
              "SELECT count(*) FROM (" + rows.sql + " LIMIT " + std::to_string(limit) + ")");
  bind_all(query, rows.parameters);
  query.next();
  return query.integer();
}

}  // namespace

Listing make_listing(const core::ExecutionFilter& filter,
                     const std::optional<core::PagePosition>& after) {
  Listing listing;
  Conditions common(filter, listing.parameters);
  if (after) common.add_after(*after);
  const std::string select = select_execution(Detail::summary, common.source().text());
  if (common.source().is_word()) {
    listing.sql = select + " WHERE " + any_of(filter.statuses) + common.text() +
                  " ORDER BY w.created_at DESC, w.execution_id DESC";
    return listing;
  }
  // One part per status, merged: `status IN (…)` would find all its rows first and then sort them.
  for (const std::string& condition : status_conditions(filter.statuses)) {
    if (!listing.sql.empty()) listing.sql += " UNION ALL ";
    listing.sql += select + " WHERE " + condition + common.text();
  }
  listing.sql += " ORDER BY created_at DESC, id DESC";
  return listing;
}

Listing make_selection(const std::string& columns,
                       const std::string& joined,
                       const core::ExecutionFilter& filter) {
  Listing listing;
  const Conditions conditions(filter, listing.parameters);
  listing.sql = "SELECT " + columns + " FROM " + conditions.source().text() + joined + " WHERE " +
                any_of(filter.statuses) + conditions.text();
  return listing;
}

core::ExecutionPage read_page(Database& database,
                              const core::ExecutionFilter& filter,
                              int limit,
                              const std::optional<core::PagePosition>& after) {
  const Listing listing = make_listing(filter, after);
  Query rows(database, listing.sql);
  bind_all(rows, listing.parameters);
  core::ExecutionPage page;
  while (rows.next()) {
    Execution execution = read_execution(rows);
    if (!is_kept(execution, filter)) continue;
    if (std::ssize(page.executions) == limit) {
      const Execution& last = page.executions.back();
      page.next = core::PagePosition{last.created_at, last.id};
      break;
    }
    page.executions.push_back(std::move(execution));
  }
  return page;
}

core::ExecutionCount count_matches(Database& database,
                                   const core::ExecutionFilter& filter,
                                   core::Counting counting) {
  if (is_counted(filter)) return {sum_of_counts(database, filter)};
  const bool is_quick = counting == core::Counting::quick;
  const std::int64_t limit =
      is_quick ? core::quick_count_limit + 1 : std::numeric_limits<std::int64_t>::max();
  const std::int64_t count =
      filter.keep ? count_kept(database, filter, limit) : count_rows(database, filter, limit);
  if (is_quick && count > core::quick_count_limit) return {core::quick_count_limit, false};
  return {count};
}

std::map<std::string, Execution> read_latest_by_workflow(Database& database) {
  // From one id to the next through the index: DISTINCT would read all rows of it.
  static const std::string sql =
      "WITH RECURSIVE known(id) AS (SELECT min(workflow_id) FROM executions UNION ALL "
      "SELECT (SELECT min(workflow_id) FROM executions WHERE workflow_id > known.id) FROM known "
      "WHERE known.id IS NOT NULL) " +
      select_execution(Detail::summary) +
      " WHERE e.id IN (SELECT (SELECT id FROM executions WHERE workflow_id = known.id "
      "ORDER BY created_at DESC, id DESC LIMIT 1) FROM known WHERE known.id IS NOT NULL)";
  Query rows(database, sql);
  std::map<std::string, Execution> latest;
  while (rows.next()) {
    Execution execution = read_execution(rows);
    std::string workflow = execution.workflow_id;
    latest.emplace(std::move(workflow), std::move(execution));
  }
  return latest;
}

}  // namespace goflow::storage
