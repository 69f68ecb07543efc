#include "storage/sqlite/statistics.hpp"

#include "core/base/clock.hpp"
#include "storage/sqlite/listing.hpp"
#include "storage/sqlite/query.hpp"
#include "storage/sqlite/rows.hpp"

#include <functional>
#include <string>

namespace goflow::storage {
namespace {

void each_row(Database& database,
              const Listing& listing,
              const std::function<void(Query&)>& visit) {
  Query rows(database, listing.sql);
  for (const std::string& parameter : listing.parameters) {
    rows.bind(parameter);
  }
  while (rows.next()) {
    visit(rows);
  }
}

}  // namespace

core::StatisticsByName read_statistics(Database& database, const core::ExecutionFilter& filter) {
  const Listing listing = make_selection(
      "e.workflow_id, e.status, e.reopened, e.started_at, e.completed_at", "", filter);
  core::StatisticsByName by_workflow;
  core::Execution execution;
  each_row(database, listing, [&](Query& row) {
    core::Statistics& statistics = by_workflow[row.text()];
    execution.status = read_execution_status(row);
    execution.reopened = static_cast<int>(row.integer());
    execution.started_at = core::parse_rfc3339(row.text());
    execution.completed_at = core::parse_rfc3339(row.text());
    statistics.add(execution);
  });
  return by_workflow;
}

core::StatisticsByName read_node_statistics(Database& database,
                                            const core::ExecutionFilter& filter) {
  const Listing listing =
      make_selection("n.node_id, n.status, n.attempt, n.started_at, n.completed_at",
                     " JOIN node_executions n ON n.execution_id = e.id",
                     filter);
  core::StatisticsByName by_node;
  core::NodeExecution node;
  each_row(database, listing, [&](Query& row) {
    core::Statistics& statistics = by_node[row.text()];
    node.status = read_node_status(row);
    node.attempt = static_cast<int>(row.integer());
    node.started_at = core::parse_rfc3339(row.text());
    node.completed_at = core::parse_rfc3339(row.text());
    statistics.add(node);
  });
  return by_node;
}

}  // namespace goflow::storage
