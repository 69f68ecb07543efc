// Reading UTF-8 that others wrote, and that may be anything.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace goflow::cli {

/// One character at the front of a text.
struct Character {
  char32_t code = 0;
  std::size_t length = 1;  // in bytes
  bool valid = false;      // false: one byte that belongs to no character
};

/// The first character of a text that is not empty.
Character first_character(std::string_view text);

/// The text with U+FFFD in place of every byte that belongs to no character.
std::string valid_utf8(std::string_view text);

/// How many bytes come before a character that begins at the end and is not complete yet.
std::size_t complete_length(std::string_view text);

}  // namespace goflow::cli
