#include "cli/generate/mdoc.hpp"

#include "cli/command/text_layout.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <sstream>

namespace goflow::cli::mdoc {
namespace {

constexpr std::size_t widest_line = 76;

}  // namespace

std::string page_name(std::string_view path) {
  std::string name = path.empty() ? "goflow" : "goflow-" + std::string(path);
  std::replace(name.begin(), name.end(), ' ', '-');
  return name;
}

std::string escaped(std::string_view text) {
  std::string line = text.starts_with('.') || text.starts_with('\'') ? "\\&" : "";
  for (const char c : text)
    line += c == '\\' ? std::string("\\e") : std::string(1, c);
  return line;
}

std::string quoted(std::string_view text) {
  std::string line;
  for (const char c : escaped(text))
    line += c == '"' ? std::string("\"\"") : std::string(1, c);
  return "\"" + line + "\"";
}

std::string heading(std::string_view title) {
  return ".Sh " + std::string(title) + "\n";
}

std::string list(const std::string& items) {
  return items.empty() ? "" : ".Bl -tag -width Ds\n" + items + ".El\n";
}

std::string paragraphs(std::string_view text) {
  std::string lines(text);
  for (std::size_t end = lines.find(". "); end != std::string::npos; end = lines.find(". ", end)) {
    lines[end + 1] = '\n';
  }
  std::string out;
  std::istringstream wrapped(wrap(lines, widest_line));
  for (std::string line; std::getline(wrapped, line);) {
    out += line.empty() ? ".Pp\n" : escaped(line) + "\n";
  }
  return out;
}

std::string sentence(std::string text) {
  text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return paragraphs(text + ".");
}

std::string item(const std::string& macro, std::string_view meaning) {
  return ".It " + macro + "\n" + paragraphs(meaning);
}

std::string section(std::string_view title, const std::string& items) {
  return items.empty() ? "" : heading(title) + list(items);
}

std::string literal(std::string_view text) {
  std::string lines;
  std::istringstream in{std::string(text)};
  for (std::string line; std::getline(in, line);) {
    lines += escaped(line) + "\n";
  }
  return ".Bd -literal -offset indent\n" + lines + ".Ed\n";
}

std::string page_head(const std::string& name, int section, std::string_view summary) {
  std::string title = name;
  std::transform(title.begin(), title.end(), title.begin(), [](unsigned char c) {
    return static_cast<char>(std::toupper(c));
  });
  return ".\\\" Made from declarations in the program: make generate\n.Dd $Mdocdate$\n.Dt " +
         title + " " + std::to_string(section) + "\n.Os\n" + heading("NAME") + ".Nm " + name +
         "\n.Nd " + escaped(summary) + "\n";
}

}  // namespace goflow::cli::mdoc
