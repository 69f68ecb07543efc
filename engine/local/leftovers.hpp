// Ends the processes that outlived the goflow which had started them.
#pragma once

#include "core/execution/execution.hpp"

#include <vector>

namespace goflow::engine {

/// The process groups of nodes that are recorded as running, if they still are the same.
void end_leftovers(const std::vector<core::NodeExecution>& nodes);

}  // namespace goflow::engine
