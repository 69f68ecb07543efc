// What a rerun from the middle takes over of the run before.
#pragma once

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/execution/execution.hpp"
#include "core/workflow/workflow.hpp"

#include <string>
#include <vector>

namespace goflow::engine {

struct CarriedOver {
  std::vector<core::NodeExecution> nodes;
  std::vector<core::NodeAttempt> attempts;
};

/// The nodes of the top level, as nodes of `execution_id`, that ended well and do not come after
/// `from`, which is one of them; each with all that is within it, however that ended. not_found:
/// there is no such node.
core::Result<CarriedOver> carried_over(const core::Workflow& workflow,
                                       const std::string& from,
                                       const std::vector<core::NodeExecution>& nodes,
                                       const std::vector<core::NodeAttempt>& attempts,
                                       const std::string& execution_id,
                                       core::Timestamp now);

}  // namespace goflow::engine
