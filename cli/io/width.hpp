// How much room a text takes on a terminal, and making it fit.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace goflow::cli {

/// In columns: East Asian characters and pictographs take two, combining marks none.
std::size_t display_width(std::string_view text);

/// The text, or as much of it as leaves room for the ellipsis within the width.
std::string cut_to(std::string_view text, std::size_t width, std::string_view ellipsis = "…");

/// Spaces up to the width; a wider text stays as it is.
std::string pad_right(std::string_view text, std::size_t width);
std::string pad_left(std::string_view text, std::size_t width);

/// Safe to show in a line: control characters (which could move the cursor or break the line)
/// become spaces, the ends are trimmed, and what is not UTF-8 becomes U+FFFD.
std::string one_line(std::string_view text);
/// The same behind what `line` holds already.
void append_one_line(std::string& line, std::string_view text);

}  // namespace goflow::cli
