#include "core/workflow/diagnostic.hpp"

#include <algorithm>

namespace goflow::core {
namespace {

constexpr std::size_t widest = 100;  // characters of a source line that are shown
constexpr std::size_t room_before_caret = 40;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// The line with this number, counted from 1, without its end.
std::string_view line_of(std::string_view text, int number) {
  if (text.substr(0, byte_order_mark.size()) == byte_order_mark) {
    text.remove_prefix(byte_order_mark.size());
  }
  for (int line = 1; line < number; ++line) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  text = text.substr(0, text.find('\n'));
  if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
  return text;
}

std::size_t expected_length(unsigned char first) {
  return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

/// What may go to a terminal: no control character, and no bytes that are none.
std::string printable(std::string_view character) {
  const auto first = static_cast<unsigned char>(character[0]);
  const bool is_c1 =
      first == 0xC2 && character.size() > 1 && static_cast<unsigned char>(character[1]) < 0xA0;
  if (first < 0x20 || first == 0x7F || is_c1) return " ";
  const bool is_whole = (first & 0xC0U) != 0x80U && character.size() == expected_length(first);
  return is_whole ? std::string(character) : "?";
}

std::size_t after_character(std::string_view line, std::size_t at) {
  ++at;
  while (at < line.size() && (static_cast<unsigned char>(line[at]) & 0xC0U) == 0x80U) {
    ++at;
  }
  return at;
}

std::size_t count_characters(std::string_view line) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < line.size(); at = after_character(line, at)) {
    ++count;
  }
  return count;
}

/// The characters from `first` on, before `last`; a tab is one space.
std::string characters_of(std::string_view line, std::size_t first, std::size_t last) {
  std::string characters;
  std::size_t at = 0;
  for (std::size_t number = 0; number < last; ++number) {
    const std::size_t end = after_character(line, at);
    if (number >= first) characters += printable(line.substr(at, end - at));
    at = end;
  }
  return characters;
}

struct Excerpt {
  std::string line;
  std::string before;
  std::string marked;
};

/// The part of the line around the caret, from column and width in characters.
Excerpt excerpt_of(std::string_view line, int column, int width) {
  // A line may have eight megabytes: only what is shown of it is copied.
  const std::size_t count = count_characters(line);
  const auto caret = std::min(static_cast<std::size_t>(std::max(column, 1) - 1), count);
  const bool is_cut = count > widest && caret > room_before_caret;
  const std::size_t first = is_cut ? caret - room_before_caret : 0;
  const std::size_t last = std::min(count, first + widest);
  Excerpt excerpt;
  if (first > 0) excerpt.line = "…";
  excerpt.line += characters_of(line, first, last);
  if (last < count) excerpt.line += "…";
  const std::size_t marks = std::clamp<std::size_t>(
      static_cast<std::size_t>(std::max(width, 1)), 1, std::max<std::size_t>(last - caret, 1));
  excerpt.before = std::string(caret - first + (first > 0 ? 1 : 0), ' ');
  excerpt.marked = std::string(marks, '^');
  return excerpt;
}

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

std::string numbered(int number, std::string_view line, std::size_t digits) {
  std::string prefix = number > 0 ? std::to_string(number) : "";
  prefix.insert(0, digits - prefix.size(), ' ');
  return prefix + " | " + std::string(line) + "\n";
}

std::string render_source(const Diagnostic& diagnostic, std::string_view text) {
  const int number = diagnostic.at.line;
  const std::string_view line = line_of(text, number);
  if (number == 0 || is_blank(line)) return {};
  const std::size_t digits = std::max<std::size_t>(5, std::to_string(number).size() + 1);
  std::string lines;
  if (number > 1) {
    const std::string_view previous = line_of(text, number - 1);
    if (!is_blank(previous)) lines += numbered(number - 1, excerpt_of(previous, 1, 1).line, digits);
  }
  const Excerpt excerpt = excerpt_of(line, diagnostic.at.column, diagnostic.width);
  lines += numbered(number, excerpt.line, digits);
  return lines + numbered(0, excerpt.before + excerpt.marked, digits);
}

std::string render_text(const InText& text) {
  const Excerpt excerpt = excerpt_of(text.line, text.begin + 1, text.end - text.begin);
  return numbered(0, excerpt.line, 5) + numbered(0, excerpt.before + excerpt.marked, 5);
}

}  // namespace

bool has_errors(const std::vector<Diagnostic>& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& diagnostic) {
    return diagnostic.severity == Severity::error;
  });
}

std::string render(const Diagnostic& diagnostic, std::string_view file, std::string_view text) {
  std::string out = diagnostic.severity == Severity::error ? "error: " : "warning: ";
  out += file;
  if (diagnostic.at.line > 0) {
    out += ":" + std::to_string(diagnostic.at.line) + ":" + std::to_string(diagnostic.at.column);
  }
  out += ": " + diagnostic.message + "\n" + render_source(diagnostic, text);
  if (diagnostic.in_text) out += render_text(*diagnostic.in_text);
  if (!diagnostic.hint.empty()) out += "hint: " + diagnostic.hint + "\n";
  return out;
}

}  // namespace goflow::core
