#include "core/base/utf8.hpp"

#include <algorithm>

namespace goflow::core::utf8 {
namespace {

constexpr std::size_t longest = 4;

bool continues(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

/// The length that the first byte promises; 0 when no character begins with it.
std::size_t promised_length(char first) {
  const auto byte = static_cast<unsigned char>(first);
  if (byte < 0x80) return 1;
  if (byte >= 0xC2 && byte <= 0xDF) return 2;
  if (byte >= 0xE0 && byte <= 0xEF) return 3;
  if (byte >= 0xF0 && byte <= 0xF4) return 4;
  return 0;
}

bool is_character(char32_t code) {
  return code <= 0x10FFFF && !(code >= 0xD800 && code <= 0xDFFF);
}

/// No longer than it has to be.
bool may_be_encoded_so(char32_t code, std::size_t length) {
  constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
  return is_character(code) && code >= smallest[length];
}

}  // namespace

Character first_character(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  const std::size_t length = promised_length(text[0]);
  if (length == 1) return {first, 1, true};
  if (length == 0 || length > text.size()) return {};
  char32_t code = first & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if (!continues(text[i])) return {};
    code = (code << 6U) | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  if (!may_be_encoded_so(code, length)) return {};
  return {code, length, true};
}

std::optional<std::size_t> first_invalid(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const Character character = first_character(text.substr(at));
    if (!character.valid) return at;
    at += character.length;
  }
  return std::nullopt;
}

std::string valid(std::string_view text) {
  std::string valid;
  valid.reserve(text.size());
  while (const auto invalid = first_invalid(text)) {
    valid.append(text.substr(0, *invalid)).append("\uFFFD");
    text.remove_prefix(*invalid + 1);
  }
  return valid.append(text);
}

std::size_t complete_length(std::string_view text) {
  const std::size_t farthest = std::min(longest - 1, text.size());
  for (std::size_t back = 1; back <= farthest; ++back) {
    const char byte = text[text.size() - back];
    if (continues(byte)) continue;
    return promised_length(byte) <= back ? text.size() : text.size() - back;
  }
  return text.size();
}

std::size_t length(std::string_view text) {
  return text.size() - static_cast<std::size_t>(std::count_if(text.begin(), text.end(), continues));
}

std::size_t offset(std::string_view text, std::size_t index) {
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    if (continues(text[at])) continue;
    if (index == 0) return at;
    --index;
  }
  return at;
}

std::string_view first(std::string_view text) {
  return text.empty() ? text : text.substr(0, first_character(text).length);
}

std::string_view last(std::string_view text) {
  std::size_t begin = text.size();
  while (begin > 0 && text.size() - begin < longest) {
    --begin;
    if (!continues(text[begin])) break;
  }
  return text.substr(begin);
}

bool append(std::string& text, char32_t code) {
  if (!is_character(code)) return false;
  const auto put = [&text](char32_t byte) { text += static_cast<char>(byte); };
  if (code < 0x80) {
    put(code);
    return true;
  }
  if (code < 0x800) {
    put(0xC0U | (code >> 6U));
  } else if (code < 0x10000) {
    put(0xE0U | (code >> 12U));
    put(0x80U | ((code >> 6U) & 0x3FU));
  } else {
    put(0xF0U | (code >> 18U));
    put(0x80U | ((code >> 12U) & 0x3FU));
    put(0x80U | ((code >> 6U) & 0x3FU));
  }
  put(0x80U | (code & 0x3FU));
  return true;
}

}  // namespace goflow::core::utf8
