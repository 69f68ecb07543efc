// What a redactor has to do, said again in the simplest way: each place of a text is read as each
// way of writing a secret.
#pragma once

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goflow::test {

/// What a piece of text means.
struct Reading {
  std::string meaning;
  std::size_t length = 1;
};

inline bool is_plain_mark(char letter) {
  return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '-' || letter == '_' ||
         letter == '.';
}

inline std::optional<unsigned> hex_number(std::string_view digits, std::size_t count) {
  if (digits.size() < count) return std::nullopt;
  digits = digits.substr(0, count);
  const auto is_hex = [](unsigned char digit) { return std::isxdigit(digit) != 0; };
  if (!std::all_of(digits.begin(), digits.end(), is_hex)) return std::nullopt;
  return static_cast<unsigned>(std::stoul(std::string(digits), nullptr, 16));
}

inline std::string utf8_text(unsigned code) {
  const auto byte = [](unsigned value) { return static_cast<char>(value); };
  if (code < 0x80) return {byte(code)};
  if (code < 0x800) return {byte(0xC0 | code >> 6), byte(0x80 | (code & 63))};
  if (code < 0x10000) {
    return {byte(0xE0 | code >> 12), byte(0x80 | (code >> 6 & 63)), byte(0x80 | (code & 63))};
  }
  return {byte(0xF0 | code >> 18),
          byte(0x80 | (code >> 12 & 63)),
          byte(0x80 | (code >> 6 & 63)),
          byte(0x80 | (code & 63))};
}

inline std::optional<Reading> utf16_reading(std::string_view text) {
  const auto unit = hex_number(text.substr(std::min<std::size_t>(2, text.size())), 4);
  if (!text.starts_with("\\u") || !unit || (*unit >= 0xDC00 && *unit < 0xE000)) return std::nullopt;
  if (*unit < 0xD800 || *unit > 0xDBFF) return Reading{utf8_text(*unit), 6};
  const std::string_view second = text.substr(6);
  const auto low = hex_number(second.substr(std::min<std::size_t>(2, second.size())), 4);
  if (!second.starts_with("\\u") || !low || *low < 0xDC00 || *low > 0xDFFF) return std::nullopt;
  return Reading{utf8_text(0x10000 + ((*unit & 0x3FF) << 10) + (*low & 0x3FF)), 12};
}

inline std::optional<Reading> json_reading(std::string_view text, char /*wanted*/) {
  if (text.front() != '\\') return Reading{{text.front()}};
  if (text.size() < 2) return std::nullopt;
  constexpr std::string_view letters = "\"\\/bfnrt";
  constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
  if (const auto at = letters.find(text[1]); at != std::string_view::npos) {
    return Reading{{meanings[at]}, 2};
  }
  return utf16_reading(text);
}

inline std::optional<Reading> url_reading(std::string_view text, char wanted) {
  if (text.front() == '+' && wanted == ' ') return Reading{" "};
  if (text.front() != '%') return Reading{{text.front()}};
  const auto number = hex_number(text.substr(1), 2);
  if (!number) return std::nullopt;
  return Reading{{static_cast<char>(*number)}, 3};
}

inline std::optional<Reading> plain_reading(std::string_view text, char /*wanted*/) {
  return Reading{{text.front()}};
}

/// How much of a text means the secret; 0: none.
template <class Read>
std::size_t length_read(std::string_view text, std::string_view secret, Read read) {
  std::size_t length = 0;
  for (std::size_t at = 0; at < secret.size();) {
    if (length == text.size()) return 0;
    const auto reading = read(text.substr(length), secret[at]);
    if (!reading || !secret.substr(at).starts_with(reading->meaning)) return 0;
    if (reading->length > 1 && is_plain_mark(reading->meaning.front())) return 0;
    at += reading->meaning.size();
    length += reading->length;
  }
  return length;
}

inline std::optional<unsigned> letter_value(char letter) {
  constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  if (letter == '-') letter = '+';
  if (letter == '_') letter = '/';
  const auto at = letters.find(letter);
  if (at == std::string_view::npos) return std::nullopt;
  return static_cast<unsigned>(at);
}

/// The bits of a secret from `offset` on, as far as it has them.
inline unsigned bits_at(std::string_view secret, std::size_t offset, std::size_t count) {
  unsigned bits = 0;
  for (std::size_t i = offset; i < offset + count; ++i) {
    const auto byte = static_cast<unsigned char>(secret[i / 8]);
    bits = bits << 1 | (byte >> (7 - i % 8) & 1U);
  }
  return bits;
}

/// Where whole letters begin `offset` bits into the secret.
inline std::size_t length_in_base64(std::string_view text,
                                    std::string_view secret,
                                    std::size_t offset) {
  std::size_t length = 0;
  const std::size_t first = offset;
  for (; offset + 6 <= 8 * secret.size(); offset += 6) {
    if (offset > first && text.substr(length).starts_with("\r\n")) ++length;
    if (offset > first && text.substr(length).starts_with("\n")) ++length;
    if (length == text.size()) return 0;
    if (letter_value(text[length]) != bits_at(secret, offset, 6)) return 0;
    ++length;
  }
  const std::size_t rest = 8 * secret.size() - offset;
  const auto next = length < text.size() ? letter_value(text[length]) : std::nullopt;
  if (rest == 0 || !next || *next >> (6 - rest) != bits_at(secret, offset, rest)) return length;
  ++length;
  if ((*next & ((1U << (6 - rest)) - 1)) != 0) return length;
  for (std::size_t padding = rest == 2 ? 2 : 1; padding > 0; --padding) {
    if (length < text.size() && text[length] == '=') ++length;
  }
  return length;
}

inline std::string without_white_space_around(std::string text) {
  constexpr const char* white_space = " \t\r\n\v\f";
  text.erase(0, std::min(text.find_first_not_of(white_space), text.size()));
  text.erase(text.find_last_not_of(white_space) + 1);
  return text;
}

inline std::vector<std::string> lines_to_mask(const std::string& value) {
  std::vector<std::string> lines;
  std::string line;
  for (const char letter : value + "\n") {
    if (letter != '\n' && letter != '\r') {
      line += letter;
      continue;
    }
    line = without_white_space_around(line);
    if (line.size() >= 4) lines.push_back(line);
    line.clear();
  }
  return lines;
}

/// The longest secret that begins at the front of a text; 0: none.
inline std::size_t longest_secret(std::string_view text, const std::vector<std::string>& values) {
  std::size_t longest = 0;
  for (const std::string& given : values) {
    const std::string value = without_white_space_around(given);
    if (value.size() < 4) continue;
    std::vector<std::string> parts = lines_to_mask(value);
    parts.push_back(value);
    for (const std::string& part : parts) {
      longest = std::max(longest, length_read(text, part, plain_reading));
      longest = std::max(longest, length_read(text, part, json_reading));
      longest = std::max(longest, length_read(text, part, url_reading));
    }
    for (const std::size_t offset : {0, 4, 2}) {
      longest = std::max(longest, length_in_base64(text, value, offset));
    }
  }
  return longest;
}

/// Slow.
inline std::string naively_redacted(std::string_view text, const std::vector<std::string>& values) {
  std::string redacted;
  std::size_t masked_to = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t length = longest_secret(text.substr(at), values);
    if (length > 0 && at >= masked_to) redacted += "***";
    masked_to = std::max(masked_to, at + length);
    if (at >= masked_to) redacted += text[at];
  }
  return redacted;
}

}  // namespace goflow::test
