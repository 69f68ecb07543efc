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

/// By an index, or as the table has them: faster to read, when they are all read and sorted then.
enum class Access { in_order, as_stored };

/// Where the rows come from: the executions themselves, or the index of a tag or a label, which may
/// be rare.
class Source {
 public:
  Source(const core::ExecutionFilter& filter, Access access) : access_(access) {
    if (!filter.tags.empty()) {
      table_ = "execution_tags";
    } else if (!filter.labels.empty()) {
      table_ = "execution_labels";
    }
  }

  [[nodiscard]] bool is_word() const { return table_ != nullptr; }
  [[nodiscard]] std::string text() const {
    if (!is_word() && access_ == Access::as_stored) return "executions e NOT INDEXED";
    if (!is_word()) return "executions e";
    return std::string(table_) + " w CROSS JOIN executions e ON e.id = w.execution_id";
  }
  [[nodiscard]] const char* time() const { return is_word() ? "w.created_at" : "e.created_at"; }
  [[nodiscard]] const char* id() const { return is_word() ? "w.execution_id" : "e.id"; }

 private:
  Access access_;
  const char* table_ = nullptr;
};

/// Collects the conditions that hold for every status.
class Conditions {
 public:
  Conditions(const core::ExecutionFilter& filter,
             std::vector<std::string>& parameters,
             Access access = Access::in_order)
      : source_(filter, access), parameters_(parameters) {
    add_words(filter);
    if (filter.workflow_id) add("e.workflow_id =", *filter.workflow_id);
    if (filter.instance_id) add("e.instance_id =", *filter.instance_id);
    if (filter.since) add_time(">=", *filter.since);
    if (filter.until) add_time("<", *filter.until);
    if (!filter.with_children) text_ += " AND e.parent_execution_id IS NULL";
    if (!filter.search.empty()) add_search(filter.search);
  }

  void add_older_than(const core::PagePosition& position) { add_side("<", position); }
  void add_not_older_than(const core::PagePosition& position) { add_side(">=", position); }

  [[nodiscard]] const Source& source() const { return source_; }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  void add_side(const std::string& comparison, const core::PagePosition& position) {
    const std::string time = parameter(core::format_rfc3339(position.created_at));
    const std::string id = parameter(position.id);
    // The row itself knows best: a time that the original wrote may be none that we can read.
    text_ += std::string(" AND (") + source_.time() + ", " + source_.id() + ") " + comparison +
             " (coalesce((SELECT created_at FROM executions WHERE id = " + id + "), " + time +
             "), " + id + ")";
  }

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
    // One call for all of them: a search in vain asks a million times.
    text_ += " AND (is_found(" + wanted +
             ", e.id, e.workflow_id, e.name, e.error_message) OR e.id IN"
             " (SELECT execution_id FROM execution_tags WHERE is_found(" +
             wanted + ", tag)))";
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

/// With nothing but the text to go by.
bool is_search_of_all(const core::ExecutionFilter& filter) {
  return !filter.search.empty() && filter.tags.empty() && filter.labels.empty() &&
         filter.statuses.empty() && !filter.workflow_id && !filter.instance_id && !filter.since &&
         !filter.until && !filter.keep;
}

/// As far as a search goes in the order of the listing, for whom it finds enough there: to look up
/// one row after the other takes longer than to read them as they lie, and sort what was found.
std::optional<core::PagePosition> end_of_neighbourhood(
    Database& database, const std::optional<core::PagePosition>& after) {
  constexpr const char* near = "1000";
  core::ExecutionFilter any;
  any.with_children = true;
  std::vector<std::string> parameters;
  Conditions conditions(any, parameters);
  if (after) conditions.add_older_than(*after);
  Query row(database,
            "SELECT e.id, e.created_at FROM executions e WHERE TRUE" + conditions.text() +
                " ORDER BY e.created_at DESC, e.id DESC LIMIT 1 OFFSET " + near);
  bind_all(row, parameters);
  if (!row.next()) return std::nullopt;
  core::PagePosition position;
  position.id = row.text();
  position.created_at = read_time(row);
  return position;
}

Listing search_beyond(const core::PagePosition& position,
                      const core::ExecutionFilter& filter,
                      int limit) {
  Listing listing;
  Conditions conditions(filter, listing.parameters, Access::as_stored);
  conditions.add_older_than(position);
  listing.sql = select_execution(Detail::summary, conditions.source().text()) + " WHERE TRUE" +
                conditions.text() + " ORDER BY e.created_at DESC, e.id DESC LIMIT " +
                std::to_string(limit + 1);
  return listing;
}

/// Until the page is full and there is one more.
void add_rows(Database& database,
              const Listing& listing,
              const core::ExecutionFilter& filter,
              int limit,
              core::ExecutionPage& page) {
  Query rows(database, listing.sql);
  bind_all(rows, listing.parameters);
  while (!page.next && rows.next()) {
    Execution execution = read_execution(rows);
    if (!is_kept(execution, filter)) continue;
    if (std::ssize(page.executions) == limit) {
      const Execution& last = page.executions.back();
      page.next = core::PagePosition{last.created_at, last.id};
    } else {
      page.executions.push_back(std::move(execution));
    }
  }
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

/// Where a page begins behind a row that was listed, no bound in time says more. SQLite would seek
/// the bound all the same, and walk from there.
core::ExecutionFilter without_idle_bound(core::ExecutionFilter filter,
                                         const std::optional<core::PagePosition>& after) {
  if (after && filter.until && after->created_at < *filter.until) filter.until.reset();
  return filter;
}

}  // namespace

Listing make_listing(const core::ExecutionFilter& filter,
                     const std::optional<core::PagePosition>& after,
                     const std::optional<core::PagePosition>& last) {
  Listing listing;
  Conditions common(without_idle_bound(filter, after), listing.parameters);
  if (after) common.add_older_than(*after);
  if (last) common.add_not_older_than(*last);
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
  core::ExecutionPage page;
  const auto last = is_search_of_all(filter) ? end_of_neighbourhood(database, after) : std::nullopt;
  add_rows(database, make_listing(filter, after, last), filter, limit, page);
  if (last && !page.next) {
    add_rows(database, search_beyond(*last, filter, limit), filter, limit, page);
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
