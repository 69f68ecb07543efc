// The values a run starts with: defaults, replaced by what was given, checked against their types.
#pragma once

#include "core/base/result.hpp"
#include "core/value/value.hpp"
#include "core/workflow/workflow.hpp"

#include <string>
#include <vector>

namespace goflow::core {

/// Converts the text of `--input name=text` to the declared type of the variable.
Result<Value> input_from_text(const Variable& variable, const std::string& text);

/// Only the variables that have a value; all problems in one Error (invalid_argument).
Result<Object> resolve_inputs(const Workflow& workflow, const Object& given);

}  // namespace goflow::core
