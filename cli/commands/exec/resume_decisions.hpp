// What is to become of nodes that were cut off and must not be run again unasked.
#pragma once

#include "cli/commands/exec/run_to_end.hpp"
#include "core/base/result.hpp"
#include "core/execution/execution_store.hpp"
#include "core/workflow/workflow.hpp"

#include <functional>

namespace goflow::cli {

using DecideOnNode = std::function<core::Result<engine::AfterInterruption>(
    const core::NodeExecution& node, const core::Execution& execution)>;

/// Nobody is there who could decide; the hint says how to.
core::Error undecided(const core::NodeExecution& node, const core::Execution& execution);

/// Of the run, and of those within it that were interrupted with it. Stops at the first Error.
core::Result<void> decide_on_all(const core::Workflow& workflow,
                                 const core::Execution& execution,
                                 const DecideOnNode& decide,
                                 core::ExecutionStore& store,
                                 ResumeDecisions& decisions);

}  // namespace goflow::cli
