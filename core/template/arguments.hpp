// The values that a template's parameters are given.
#pragma once

#include "core/base/result.hpp"
#include "core/template/template.hpp"
#include "core/value/value.hpp"

#include <optional>
#include <string>
#include <vector>

namespace goflow::core {

/// One parameter as it was given: a value, or a text that is read by the parameter's type.
struct TemplateArgument {
  std::string name;
  std::string text = {};
  std::optional<Value> value = std::nullopt;
};

/// Whether the value has the type of the parameter and keeps within its bounds. Nothing: it does;
/// else why not: "must be at most 90, got 120".
std::optional<std::string> misfit(const TemplateParameter& parameter, const Value& value);

/// A value for every parameter, in their order; null where an optional one was given none. A later
/// argument replaces an earlier one. All problems in one Error (invalid_argument).
Result<Object> resolve_arguments(const Template& from,
                                 const std::vector<TemplateArgument>& arguments);

}  // namespace goflow::core
