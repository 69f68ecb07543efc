// Deletes executions of which the history has enough.
#pragma once

#include "core/execution/execution_store.hpp"

#include <vector>

namespace goflow::core {

/// Those that fit the filter, newest first, without the newest of each workflow, whatever became of
/// these. Runs within others are left out, and go with those.
Result<std::vector<Execution>> find_prunable(const ExecutionFilter& filter,
                                             int keep_per_workflow,
                                             ExecutionStore& store);

/// In batches: nobody should have to wait long for the end of a transaction. An Error when one of
/// them is going on again.
Result<void> prune(const std::vector<Execution>& executions, ExecutionStore& store);

}  // namespace goflow::core
