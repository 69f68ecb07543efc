// Values as YAML, for `--output yaml`.
#pragma once

#include "core/value/value.hpp"

#include <string>

namespace goflow::cli {

/// Block style, ends with a line break. A text that YAML would take for something else is quoted;
/// one of several lines is a literal block where that loses nothing.
std::string to_yaml(const core::Value& value);

}  // namespace goflow::cli
