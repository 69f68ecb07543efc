// JSON that somebody else's program wrote.
#pragma once

#include "core/base/result.hpp"
#include "core/value/value.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace goflow::engine {

/// Integers beyond 64 bits become floats, of which a warning is added.
core::Result<core::Value> parse_foreign_json(std::string_view text,
                                             std::vector<std::string>& warnings);

}  // namespace goflow::engine
