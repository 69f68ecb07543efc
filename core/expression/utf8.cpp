#include "core/expression/utf8.hpp"

#include <algorithm>

namespace goflow::core::expression::utf8 {
namespace {

bool continues(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

/// Of the code point that this byte begins; 0 for a byte that begins none.
std::size_t width(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  if (byte < 0x80) return 1;
  if (byte >= 0xC2 && byte < 0xE0) return 2;
  if (byte >= 0xE0 && byte < 0xF0) return 3;
  if (byte >= 0xF0 && byte < 0xF5) return 4;
  return 0;
}

bool is_character(char32_t character) {
  return character <= 0x10FFFF && !(character >= 0xD800 && character <= 0xDFFF);
}

bool is_valid(std::string_view bytes) {
  constexpr char32_t shortest[] = {0, 0, 0x80, 0x800, 0x10000};
  const char32_t character = decode(bytes);
  return bytes.size() == width(bytes[0]) && is_character(character) &&
         character >= shortest[bytes.size()];
}

}  // namespace

std::optional<std::size_t> first_invalid(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view bytes = first(text.substr(at));
    if (!is_valid(bytes)) return at;
    at += bytes.size();
  }
  return std::nullopt;
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
  if (text.empty()) return text;
  const std::size_t most = std::min(text.size(), std::max<std::size_t>(width(text[0]), 1));
  std::size_t size = 1;
  while (size < most && continues(text[size])) {
    ++size;
  }
  return text.substr(0, size);
}

std::string_view last(std::string_view text) {
  constexpr std::size_t widest = 4;
  std::size_t begin = text.size();
  while (begin > 0 && text.size() - begin < widest) {
    --begin;
    if (!continues(text[begin])) break;
  }
  return text.substr(begin);
}

char32_t decode(std::string_view bytes) {
  const auto lead = static_cast<unsigned char>(bytes[0]);
  if (bytes.size() == 1) return lead < 0x80 ? lead : U'\uFFFD';
  char32_t character = lead & (0x7FU >> bytes.size());
  for (const char byte : bytes.substr(1)) {
    character = (character << 6U) | (static_cast<unsigned char>(byte) & 0x3FU);
  }
  return character;
}

bool append(std::string& text, char32_t character) {
  if (!is_character(character)) return false;
  auto put = [&text](char32_t byte) { text += static_cast<char>(byte); };
  if (character < 0x80) {
    put(character);
    return true;
  }
  if (character < 0x800) {
    put(0xC0U | (character >> 6U));
  } else if (character < 0x10000) {
    put(0xE0U | (character >> 12U));
    put(0x80U | ((character >> 6U) & 0x3FU));
  } else {
    put(0xF0U | (character >> 18U));
    put(0x80U | ((character >> 12U) & 0x3FU));
    put(0x80U | ((character >> 6U) & 0x3FU));
  }
  put(0x80U | (character & 0x3FU));
  return true;
}

}  // namespace goflow::core::expression::utf8
