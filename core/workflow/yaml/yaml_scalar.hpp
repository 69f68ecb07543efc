// The scalars of the YAML 1.2 core schema.
#pragma once

#include "core/base/result.hpp"
#include "core/value/value.hpp"

#include <string>
#include <string_view>

namespace goflow::core {

/// An unquoted scalar: null, a boolean, a number, else text. The error is a sentence for V5.
Result<Value, std::string> resolve_plain_scalar(std::string_view text);

/// A scalar under one of the standard tags: `!!str 1` is text.
Result<Value, std::string> resolve_tagged_scalar(std::string_view tag, std::string_view text);

}  // namespace goflow::core
