// Where a scalar ends in the text of a YAML file, so that it can be replaced in place.
#pragma once

#include <cstddef>
#include <string_view>

namespace goflow::core {

/// What the scalar is part of: brackets end a plain one.
enum class Surroundings { block, brackets };

/// `begin` is where a scalar of a valid file begins, its quote or block sign included. The end is
/// behind its last character; of a block scalar behind its last line, without the line break.
std::size_t end_of_scalar(std::string_view text, std::size_t begin, Surroundings surroundings);

/// Behind the line that `at` is in, without its break.
std::size_t line_end(std::string_view text, std::size_t at);
std::size_t line_begin(std::string_view text, std::size_t at);

/// The end of the last line below that stands further in than `column`, or of the line itself.
std::size_t end_of_indented(std::string_view text, std::size_t at, std::size_t column);

}  // namespace goflow::core
