#include "cli/io/width.hpp"

#include "cli/io/width_table.hpp"
#include "core/base/utf8.hpp"

#include <algorithm>
#include <span>

namespace goflow::cli {
namespace {

using core::utf8::Character;

bool contains(std::span<const CharacterRange> ranges, char32_t code) {
  const auto after = std::upper_bound(
      ranges.begin(), ranges.end(), code, [](char32_t wanted, const CharacterRange& range) {
        return wanted < range.first;
      });
  return after != ranges.begin() && code <= std::prev(after)->last;
}

bool is_control(char32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0);
}

std::size_t width_of(const Character& character) {
  if (!character.valid) return 1;
  if (is_control(character.code)) return 0;
  if (character.code < zero_width.front().first) return 1;
  if (contains(zero_width, character.code)) return 0;
  return contains(wide, character.code) ? 2 : 1;
}

/// How many bytes of the text fit into the width.
std::size_t fitting_length(std::string_view text, std::size_t width) {
  std::size_t length = 0;
  std::size_t used = 0;
  while (length < text.size()) {
    const Character character = core::utf8::first_character(text.substr(length));
    used += width_of(character);
    if (used > width) break;
    length += character.length;
  }
  return length;
}

bool is_printable_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char one) { return one >= ' ' && one <= '~'; });
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(' ') + 1 - begin);
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const Character character = core::utf8::first_character(text);
    width += width_of(character);
    text.remove_prefix(character.length);
  }
  return width;
}

std::string cut_to(std::string_view text, std::size_t width, std::string_view ellipsis) {
  if (fitting_length(text, width) == text.size()) return std::string(text);
  const std::string_view end = ellipsis.substr(0, fitting_length(ellipsis, width));
  const std::size_t kept = fitting_length(text, width - display_width(end));
  return std::string(text.substr(0, kept)).append(end);
}

std::string pad_right(std::string_view text, std::size_t width) {
  const std::size_t taken = display_width(text);
  return std::string(text).append(width > taken ? width - taken : 0, ' ');
}

std::string pad_left(std::string_view text, std::size_t width) {
  const std::size_t taken = display_width(text);
  return std::string(width > taken ? width - taken : 0, ' ').append(text);
}

std::string one_line(std::string_view text) {
  std::string line;
  append_one_line(line, text);
  return line;
}

void append_one_line(std::string& line, std::string_view text) {
  if (is_printable_ascii(text)) {
    line += trimmed(text);
    return;
  }
  std::string clean;
  clean.reserve(text.size());
  while (!text.empty()) {
    const Character character = core::utf8::first_character(text);
    if (!character.valid) {
      clean += "\uFFFD";
    } else if (is_control(character.code)) {
      clean += ' ';
    } else {
      clean += text.substr(0, character.length);
    }
    text.remove_prefix(character.length);
  }
  line += trimmed(clean);
}

}  // namespace goflow::cli
