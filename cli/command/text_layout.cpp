#include "cli/command/text_layout.hpp"

#include <algorithm>

namespace goflow::cli {
namespace {

constexpr std::size_t row_indent = 2;
constexpr std::size_t column_gap = 2;
constexpr std::size_t widest_term = 28;
constexpr std::size_t narrowest_text = 20;

/// One paragraph, without line breaks in it.
void wrap_line(std::string& out, std::string_view line, std::size_t width, std::size_t indent) {
  const std::size_t room = std::max(width > indent ? width - indent : 0, narrowest_text);
  do {
    std::size_t cut = line.size();
    if (cut > room) {
      cut = line.rfind(' ', room);
      if (cut == std::string_view::npos) cut = std::min(line.find(' '), line.size());
    }
    if (cut > 0) out.append(indent, ' ').append(line.substr(0, cut));
    out += '\n';
    line.remove_prefix(std::min(line.size(), cut + 1));
  } while (!line.empty());
}

std::size_t column_of(const std::vector<Row>& rows) {
  std::size_t widest = 0;
  for (const auto& [term, meaning] : rows) {
    if (term.size() <= widest_term) widest = std::max(widest, term.size());
  }
  return row_indent + widest + column_gap;
}

}  // namespace

std::string joined(const std::vector<std::string>& words, std::string_view glue) {
  std::string text;
  for (const std::string& word : words) {
    if (!text.empty()) text += glue;
    text += word;
  }
  return text;
}

std::string wrap(std::string_view text, std::size_t width, std::size_t indent) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    wrap_line(out, text.substr(0, end), width, indent);
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return out;
}

std::string two_columns(const std::vector<Row>& rows, std::size_t width) {
  const std::size_t column = column_of(rows);
  std::string out;
  for (const auto& [term, meaning] : rows) {
    std::string line = std::string(row_indent, ' ') + term;
    const std::string meanings = wrap(meaning, width, column);
    if (meanings.empty()) {
      out += line + "\n";
    } else if (line.size() + column_gap > column) {
      out += line + "\n" + meanings;
    } else {
      // The first line of the meaning begins behind the term.
      line.resize(column, ' ');
      out += line + meanings.substr(column);
    }
  }
  return out;
}

}  // namespace goflow::cli
