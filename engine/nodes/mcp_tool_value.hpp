// What becomes of the answer of a tool.
#pragma once

#include "core/base/result.hpp"
#include "core/execution/execution.hpp"
#include "core/value/value.hpp"
#include "core/workflow/workflow.hpp"

#include <string>
#include <vector>

namespace goflow::engine {

/// Of the result object of the protocol. A Failure: the tool says that it has failed, or its answer
/// is not what `parse` expects.
core::Result<core::Value, core::Failure> tool_value(const core::Value& result,
                                                    core::ToolParse parse,
                                                    std::vector<std::string>& warnings);

}  // namespace goflow::engine
