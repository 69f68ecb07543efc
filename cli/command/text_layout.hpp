// Lists of words, running text and pairs of columns, the latter two cut to a width.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goflow::cli {

/// "a, b, c" for the glue ", ".
std::string joined(const std::vector<std::string>& words, std::string_view glue);

/// Breaks between words; line breaks in the text stay. Every line is indented and ends in '\n'.
std::string wrap(std::string_view text, std::size_t width, std::size_t indent = 0);

/// A term and what it means, the meanings under each other and wrapped. A term too long for its
/// column has its meaning on the next line.
using Row = std::pair<std::string, std::string>;
std::string two_columns(const std::vector<Row>& rows, std::size_t width);

}  // namespace goflow::cli
