// Bars of block characters, an eighth of a column fine.
#pragma once

#include "cli/io/style.hpp"

#include <cstddef>
#include <string>

namespace goflow::cli {

/// How much of a whole is done: "███▌░░", or "###..." outside UTF-8.
std::string progress_bar(double fraction, std::size_t width, const Style& style);

/// From begin to end on a scale that counts columns; never nothing, and no space after it.
std::string span_bar(double begin, double end, const Style& style);

}  // namespace goflow::cli
