// Numbers and quoted texts as they are written in an expression.
#pragma once

#include "core/expression/fault.hpp"
#include "core/value/value.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace goflow::core::expression {

/// How many bytes at the front of the text belong to a number that begins there.
std::size_t number_length(std::string_view text);

/// The value of such a number; null for 2^63. `place` is where it stands, for the error.
Outcome read_number(std::string_view spelling, Place place);

/// The text within quotes or backticks, `spelling` including these.
Outcome read_text(std::string_view spelling, Place place);

/// Whether these are digits with 0x, 0o or 0b or none before them, however many.
bool is_integer_text(std::string_view text);
/// Their value. nullopt: no such number, or beyond 64 bits.
std::optional<std::uint64_t> read_magnitude(std::string_view text);

}  // namespace goflow::core::expression
