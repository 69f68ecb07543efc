#include "cli/io/utf8.hpp"

#include <algorithm>

namespace goflow::cli {
namespace {

constexpr std::size_t longest = 4;

/// The length that the first byte promises; 0 when no character begins with it.
std::size_t promised_length(unsigned char byte) {
  if (byte < 0x80) return 1;
  if (byte >= 0xC2 && byte <= 0xDF) return 2;
  if (byte >= 0xE0 && byte <= 0xEF) return 3;
  if (byte >= 0xF0 && byte <= 0xF4) return 4;
  return 0;
}

bool is_continuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

bool may_be_encoded_so(char32_t code, std::size_t length) {
  if (code >= 0xD800 && code <= 0xDFFF) return false;
  if (length == 3) return code >= 0x800;
  if (length == 4) return code >= 0x10000 && code <= 0x10FFFF;
  return true;
}

}  // namespace

Character first_character(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  const std::size_t length = promised_length(first);
  if (length == 1) return {first, 1, true};
  if (length == 0 || length > text.size()) return {};
  char32_t code = first & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if (!is_continuation(text[i])) return {};
    code = (code << 6U) | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  if (!may_be_encoded_so(code, length)) return {};
  return {code, length, true};
}

std::string valid_utf8(std::string_view text) {
  std::string valid;
  valid.reserve(text.size());
  while (!text.empty()) {
    const Character character = first_character(text);
    valid += character.valid ? text.substr(0, character.length) : "\uFFFD";
    text.remove_prefix(character.length);
  }
  return valid;
}

std::size_t complete_length(std::string_view text) {
  const std::size_t farthest = std::min(longest - 1, text.size());
  for (std::size_t back = 1; back <= farthest; ++back) {
    const char byte = text[text.size() - back];
    if (is_continuation(byte)) continue;
    const bool complete = promised_length(static_cast<unsigned char>(byte)) <= back;
    return complete ? text.size() : text.size() - back;
  }
  return text.size();
}

}  // namespace goflow::cli
