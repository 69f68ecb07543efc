// How runs and their nodes went, out of the rows of the history.
#pragma once

#include "core/execution/execution_store.hpp"
#include "storage/sqlite/database.hpp"

namespace goflow::storage {

// Row by row, and of each only what counts: inputs and outputs stay where they are. Within
// Database::read().

core::StatisticsByName read_statistics(Database& database, const core::ExecutionFilter& filter);
core::StatisticsByName read_node_statistics(Database& database,
                                            const core::ExecutionFilter& filter);

}  // namespace goflow::storage
