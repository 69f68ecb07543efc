#include "storage/sqlite/listing.hpp"

#include "storage/sqlite/query.hpp"
#include "storage/sqlite/rows.hpp"

#include <algorithm>

namespace goflow::storage {
namespace {

using core::Execution;
using core::ExecutionStatus;

/// Collects the conditions that hold for every status.
class Conditions {
 public:
  explicit Conditions(Listing& listing) : listing_(listing) {}

  void add(const std::string& comparison, std::string value) {
    text_ += " AND " + comparison + " " + parameter(std::move(value));
  }

  void add_after(const core::PagePosition& position) {
    const std::string time = parameter(core::format_rfc3339(position.created_at));
    const std::string id = parameter(position.id);
    // The row itself knows best: a time that the original wrote may be none that we can read.
    text_ +=
        " AND (e.created_at, e.id) < (coalesce((SELECT created_at FROM executions WHERE id = " +
        id + "), " + time + "), " + id + ")";
  }

  void add_condition(const std::string& condition) { text_ += " AND " + condition; }

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string parameter(std::string value) {
    listing_.parameters.push_back(std::move(value));
    return "?" + std::to_string(listing_.parameters.size());
  }

  Listing& listing_;
  std::string text_;
};

std::vector<std::string> status_conditions(std::vector<ExecutionStatus> statuses) {
  if (statuses.empty()) return {"TRUE"};
  std::sort(statuses.begin(), statuses.end());
  statuses.erase(std::unique(statuses.begin(), statuses.end()), statuses.end());
  std::vector<std::string> conditions;
  for (const ExecutionStatus status : statuses) {
    conditions.push_back("e.status = '" + std::string(to_string(status)) + "'");
  }
  return conditions;
}

bool goes_on(ExecutionStatus status) {
  return status == ExecutionStatus::running || status == ExecutionStatus::waiting;
}

}  // namespace

Listing make_listing(const core::ExecutionFilter& filter,
                     const std::optional<core::PagePosition>& after) {
  Listing listing;
  Conditions common(listing);
  if (filter.workflow_id) common.add("e.workflow_id =", *filter.workflow_id);
  if (filter.since) common.add("e.created_at >=", core::format_rfc3339(*filter.since));
  if (filter.until) common.add("e.created_at <", core::format_rfc3339(*filter.until));
  if (!filter.with_children) common.add_condition("e.parent_execution_id IS NULL");
  if (after) common.add_after(*after);

  // One part per status, merged: `status IN (…)` would find all its rows first and then sort them.
  for (const std::string& condition : status_conditions(filter.statuses)) {
    if (!listing.sql.empty()) listing.sql += " UNION ALL ";
    listing.sql += select_execution(Detail::summary) + " WHERE " + condition + common.text();
  }
  listing.sql += " ORDER BY created_at DESC, id DESC";
  return listing;
}

core::ExecutionPage read_page(Database& database,
                              const core::ExecutionFilter& filter,
                              int limit,
                              const std::optional<core::PagePosition>& after) {
  const Listing listing = make_listing(filter, after);
  Query rows(database, listing.sql);
  for (const std::string& parameter : listing.parameters) {
    rows.bind(parameter);
  }
  core::ExecutionPage page;
  while (rows.next()) {
    Execution execution = read_execution(rows);
    if (filter.keep && goes_on(execution.status) && !filter.keep(execution)) continue;
    if (std::ssize(page.executions) == limit) {
      const Execution& last = page.executions.back();
      page.next = core::PagePosition{last.created_at, last.id};
      break;
    }
    page.executions.push_back(std::move(execution));
  }
  return page;
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
