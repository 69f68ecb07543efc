#include "core/expression/placeholder.hpp"

#include "core/expression/lexer.hpp"

#include <algorithm>

namespace goflow::core::expression {

std::size_t end_of_placeholder(std::string_view text, std::size_t begin) {
  constexpr std::string_view opening = "([{";
  constexpr std::string_view closing = ")]}";
  std::size_t open = 0;
  for (std::size_t at = begin + 2; at < text.size();) {
    const std::size_t behind = skip_opaque(text, at);
    if (behind != at) {
      at = behind;
      continue;
    }
    if (text[at] == '}' && open == 0) return at + 1;
    if (opening.find(text[at]) != std::string_view::npos) ++open;
    // A stray closing bracket is the parser's to report.
    if (closing.find(text[at]) != std::string_view::npos && open > 0) --open;
    ++at;
  }
  return std::string_view::npos;
}

std::size_t take_literal(std::string_view text, std::size_t at, std::string& out) {
  while (at < text.size()) {
    const std::size_t placeholder = std::min(text.find("${", at), text.size());
    out += text.substr(at, placeholder - at);
    if (placeholder == text.size()) return placeholder;
    std::size_t backslashes = 0;
    while (placeholder - backslashes > at && text[placeholder - backslashes - 1] == '\\') {
      ++backslashes;
    }
    out.resize(out.size() - backslashes + backslashes / 2);
    if (backslashes % 2 == 0) return placeholder;
    out += "${";
    at = placeholder + 2;
  }
  return at;
}

}  // namespace goflow::core::expression
