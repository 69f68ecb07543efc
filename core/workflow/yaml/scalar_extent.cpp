#include "core/workflow/yaml/scalar_extent.hpp"

#include <algorithm>

namespace goflow::core {
namespace {

std::size_t end_of_double_quoted(std::string_view text, std::size_t begin) {
  for (std::size_t i = begin + 1; i < text.size(); ++i) {
    if (text[i] == '"') return i + 1;
    if (text[i] == '\\') ++i;
  }
  return text.size();
}

std::size_t end_of_single_quoted(std::string_view text, std::size_t begin) {
  for (std::size_t i = begin + 1; i < text.size(); ++i) {
    if (text[i] != '\'') continue;
    const bool is_doubled = i + 1 < text.size() && text[i + 1] == '\'';
    if (!is_doubled) return i + 1;
    ++i;
  }
  return text.size();
}

std::size_t indent_of(std::string_view line) {
  return std::min(line.find_first_not_of(' '), line.size());
}

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

/// The column of the key that the line begins with, behind the dashes of lists.
std::size_t column_of_key(std::string_view text, std::size_t at) {
  const std::string_view line = text.substr(line_begin(text, at));
  return std::min(line.find_first_not_of(" -?"), line.size());
}

std::size_t without_blanks(std::string_view text, std::size_t begin, std::size_t end) {
  while (end > begin && (text[end - 1] == ' ' || text[end - 1] == '\t' || text[end - 1] == '\r'))
    --end;
  return end;
}

/// Up to a comment, to the end of the line, or within brackets to what ends an item. A plain scalar
/// may go on in the next lines, if they stand further in.
std::size_t end_of_plain(std::string_view text, std::size_t begin, Surroundings surroundings) {
  const bool in_brackets = surroundings == Surroundings::brackets;
  std::size_t end = begin;
  for (; end < text.size() && text[end] != '\n'; ++end) {
    const char next = end + 1 < text.size() ? text[end + 1] : '\n';
    const bool is_comment =
        text[end] == '#' && end > 0 && (text[end - 1] == ' ' || text[end - 1] == '\t');
    const bool ends_item = text[end] == ',' || text[end] == ']' || text[end] == '}';
    const bool ends_key = text[end] == ':' && (next == ' ' || next == '\n' || next == '\r');
    if (is_comment) return without_blanks(text, begin, end);
    if ((in_brackets && ends_item) || ends_key) return without_blanks(text, begin, end);
  }
  if (in_brackets) return without_blanks(text, begin, end);
  return without_blanks(text, begin, end_of_indented(text, begin, column_of_key(text, begin)));
}

}  // namespace

std::size_t line_begin(std::string_view text, std::size_t at) {
  return at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
}

std::size_t line_end(std::string_view text, std::size_t at) {
  return std::min(text.find('\n', at), text.size());
}

std::size_t end_of_indented(std::string_view text, std::size_t at, std::size_t column) {
  std::size_t end = line_end(text, at);
  for (std::size_t begin = end + 1; begin < text.size();) {
    const std::size_t next = line_end(text, begin);
    const std::string_view line = text.substr(begin, next - begin);
    if (!is_blank(line) && indent_of(line) <= column) break;
    if (!is_blank(line)) end = next;
    begin = next + 1;
  }
  return end;
}

std::size_t end_of_scalar(std::string_view text, std::size_t begin, Surroundings surroundings) {
  if (begin >= text.size()) return begin;
  switch (text[begin]) {
    case '"':
      return end_of_double_quoted(text, begin);
    case '\'':
      return end_of_single_quoted(text, begin);
    case '|':
    case '>':
      return end_of_indented(text, begin, column_of_key(text, begin));
    default:
      return end_of_plain(text, begin, surroundings);
  }
}

}  // namespace goflow::core
