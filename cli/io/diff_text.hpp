// What changed between two texts, coloured where the stream shows colours.
#pragma once

#include "cli/io/style.hpp"

#include <string>
#include <string_view>

namespace goflow::cli {

/// `diff` is what core::unified_diff() gives.
std::string painted_diff(std::string_view diff, const Style& style);

}  // namespace goflow::cli
