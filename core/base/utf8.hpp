// Texts as characters. Safe for bytes that are no UTF-8: each stray byte then counts alone.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace goflow::core::utf8 {

/// One character at the front of a text.
struct Character {
  char32_t code = U'\uFFFD';
  std::size_t length = 1;  // in bytes
  bool valid = false;      // false: one byte that belongs to no character
};

/// The first character of a text that is not empty.
Character first_character(std::string_view text);

/// The offset of the first byte that is not UTF-8; nullopt when there is none.
std::optional<std::size_t> first_invalid(std::string_view text);
/// The text with U+FFFD in place of every byte that belongs to no character.
std::string valid(std::string_view text);
/// How many bytes come before a character that begins at the end and is not complete yet.
std::size_t complete_length(std::string_view text);

/// How many characters.
std::size_t length(std::string_view text);
/// The byte at which character `index` begins; the end of the text when it has fewer.
std::size_t offset(std::string_view text, std::size_t index);

/// The bytes of the first character; none of an empty text.
std::string_view first(std::string_view text);
/// The bytes of the last one.
std::string_view last(std::string_view text);
/// False: there is no such character (a surrogate, beyond U+10FFFF).
bool append(std::string& text, char32_t code);

}  // namespace goflow::core::utf8
