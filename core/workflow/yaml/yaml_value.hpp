// A YAML (or JSON) text as plain data.
#pragma once

#include "core/base/result.hpp"
#include "core/value/value.hpp"

#include <string_view>

namespace goflow::core {

/// The Error tells the first fault and its line and column.
Result<Value> parse_yaml(std::string_view text);

}  // namespace goflow::core
