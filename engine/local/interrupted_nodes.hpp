// Nodes that were cut off and say `on_resume: never`: somebody has to decide on them.
#pragma once

#include "core/base/clock.hpp"
#include "core/execution/execution.hpp"
#include "core/workflow/workflow.hpp"

#include <map>
#include <string>
#include <vector>

namespace goflow::engine {

enum class AfterInterruption { rerun, skip, fail };

/// By the path of the node; one that is not named is run again.
using InterruptionDecisions = std::map<std::string, AfterInterruption>;

[[nodiscard]] std::vector<core::NodeExecution> nodes_to_decide_on(
    const core::Workflow& workflow, const std::vector<core::NodeExecution>& nodes);

/// The nodes that are skipped or fail, as they are to be recorded: after all that has ended.
[[nodiscard]] std::vector<core::NodeExecution> decided_nodes(
    const std::vector<core::NodeExecution>& nodes,
    const InterruptionDecisions& decisions,
    core::Timestamp now);

}  // namespace goflow::engine
