// The classes of ASCII characters that the language knows, whatever the locale.
#pragma once

#include <cstddef>
#include <string_view>

namespace goflow::core::expression {

constexpr bool is_digit(char character) {
  return character >= '0' && character <= '9';
}

constexpr bool begins_word(char character) {
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
         character == '_';
}

constexpr bool is_word(char character) {
  return begins_word(character) || is_digit(character);
}

constexpr bool is_space(char character) {
  return character == ' ' || character == '\t' || character == '\n' || character == '\r';
}

/// The character, or NUL past the end.
constexpr char char_at(std::string_view text, std::size_t index) {
  return index < text.size() ? text[index] : '\0';
}

/// Where the letters, digits and underscores from `from` on end.
constexpr std::size_t end_of_word(std::string_view text, std::size_t from) {
  while (is_word(char_at(text, from))) {
    ++from;
  }
  return from;
}

}  // namespace goflow::core::expression
