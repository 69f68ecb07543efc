// Ends the processes that outlived the goflow which had started them.
#pragma once

#include "core/execution/execution.hpp"

#include <string>
#include <vector>

namespace goflow::engine {

/// The process groups of nodes that are recorded as running: those that were recorded, if they
/// still are the same, and those that goflow had no time to record.
void end_leftovers(const std::string& execution_id, const std::vector<core::NodeExecution>& nodes);

}  // namespace goflow::engine
