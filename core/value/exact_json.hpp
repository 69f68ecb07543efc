// JSON of which nothing is lost when it is read.
#pragma once

#include "core/value/value.hpp"

#include <optional>
#include <string_view>

namespace goflow::core {

/// nullopt: it is no JSON, or has an integer beyond 64 bits or a key twice in one object.
std::optional<Value> parse_exact_json(std::string_view text);

}  // namespace goflow::core
