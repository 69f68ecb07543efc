// The values a run starts with: defaults, replaced by what was given, checked against their types.
#pragma once

#include "core/base/result.hpp"
#include "core/value/value.hpp"
#include "core/workflow/workflow.hpp"

#include <optional>
#include <string>
#include <vector>

namespace goflow::core {

/// Converts the text of `--input name=text` to the declared type of the variable.
Result<Value> input_from_text(const Variable& variable, const std::string& text);

/// The value that a variable gets from an input; nullptr stands for none. Nothing when it has no
/// value. The error is a sentence.
Result<std::optional<Value>, std::string> resolve_input(const Variable& variable,
                                                        const Value* given);

/// What is given now and need not be all: each of its declared type, and null is left out. All
/// problems in one Error (invalid_argument).
Result<Object> check_inputs(const Workflow& workflow, const Object& given);

/// Only the variables that have a value; all problems in one Error (invalid_argument).
Result<Object> resolve_inputs(const Workflow& workflow, const Object& given);

}  // namespace goflow::core
