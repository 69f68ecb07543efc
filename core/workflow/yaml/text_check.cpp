#include "core/workflow/yaml/text_check.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <cstring>
#include <string>

namespace goflow::core {
namespace {

constexpr std::size_t largest_file = 8U * 1024 * 1024;

/// One character of UTF-8: its length, 0 when the bytes are none.
std::size_t length_of_character(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t length = first < 0xC2   ? 0
                             : first < 0xE0 ? 2
                             : first < 0xF0 ? 3
                             : first < 0xF5 ? 4
                                            : 0;
  if (length == 0 || at + length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return 0;
  }
  const unsigned char second = byte(1);
  const bool too_long = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  const bool surrogate = first == 0xED && second >= 0xA0;
  const bool too_large = first == 0xF4 && second >= 0x90;
  return too_long || surrogate || too_large ? 0 : length;
}

bool is_harmless_ascii(char character) {
  return (character >= ' ' && character <= '~') || character == '\n';
}

/// Of eight bytes; the usual text has hardly any others.
bool are_printable_ascii(const char* bytes) {
  constexpr std::uint64_t ones = 0x0101010101010101;
  constexpr std::uint64_t tops = ones << 7U;
  std::uint64_t eight = 0;
  std::memcpy(&eight, bytes, sizeof eight);
  // A borrow or a carry comes only out of a byte that is found anyway.
  const std::uint64_t below_space = (eight - ones * ' ') & ~eight;
  const std::uint64_t beyond_tilde = (eight + ones) | eight;
  return ((below_space | beyond_tilde) & tops) == 0;
}

/// C0 but for tab and line ends, DEL, and C1.
bool is_forbidden(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  if (first == '\t' || first == '\n' || first == '\r') return false;
  if (first < 0x20 || first == 0x7F) return true;
  return first == 0xC2 && static_cast<unsigned char>(text[at + 1]) < 0xA0;
}

}  // namespace

bool check_text(const SourceText& source, Problems& problems) {
  const std::string_view text = source.text();
  if (text.size() > largest_file) {
    problems.add(
        Rule::unreadable_text,
        {},
        fmt::format("the file has {} bytes, at most {} are allowed", text.size(), largest_file));
    return false;
  }
  constexpr std::size_t at_once = sizeof(std::uint64_t);
  for (std::size_t at = 0; at < text.size();) {
    if (at + at_once <= text.size() && are_printable_ascii(text.data() + at)) {
      at += at_once;
      continue;
    }
    if (is_harmless_ascii(text[at])) {
      ++at;
      continue;
    }
    const std::size_t length = length_of_character(text, at);
    if (length == 0) {
      problems.add(
          Rule::unreadable_text,
          {at, at + 1},
          fmt::format("the file is not UTF-8: byte 0x{:02X}", static_cast<unsigned char>(text[at])),
          "save it as UTF-8");
      return false;
    }
    if (is_forbidden(text, at)) {
      problems.add(
          Rule::unreadable_text,
          {at, at + length},
          fmt::format("control character 0x{:02X}",
                      static_cast<unsigned char>(text[at + length - 1])),
          "only tab and line ends are allowed; write others as escapes in double quotes: \"\\e\"");
      return false;
    }
    at += length;
  }
  return true;
}

}  // namespace goflow::core
