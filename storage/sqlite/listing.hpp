// Which executions a page of a listing shows, and in which order they are found.
#pragma once

#include "core/execution/execution_store.hpp"
#include "storage/sqlite/database.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace goflow::storage {

/// A statement about executions, and what it is given.
struct Listing {
  std::string sql;
  std::vector<std::string> parameters;
};

/// Of the rows behind `after`, down to the row `last`: newest first, out of an index whatever the
/// filter, so that a page costs what it shows and not what there is.
Listing make_listing(const core::ExecutionFilter& filter,
                     const std::optional<core::PagePosition>& after,
                     const std::optional<core::PagePosition>& last = std::nullopt);

/// These columns of all executions e that match, in no order; `joined` is what else they are of.
Listing make_selection(const std::string& columns,
                       const std::string& joined,
                       const core::ExecutionFilter& filter);

/// One page; within Database::read().
core::ExecutionPage read_page(Database& database,
                              const core::ExecutionFilter& filter,
                              int limit,
                              const std::optional<core::PagePosition>& after);

/// How many there are; within Database::read_state().
core::ExecutionCount count_matches(Database& database,
                                   const core::ExecutionFilter& filter,
                                   core::Counting counting);

/// The newest execution of each workflow, at the cost of the workflows and not of the executions;
/// within Database::read().
std::map<std::string, core::Execution> read_latest_by_workflow(Database& database);

}  // namespace goflow::storage
