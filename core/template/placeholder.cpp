#include "core/template/placeholder.hpp"

#include <optional>
#include <utility>

namespace goflow::core {
namespace {

bool is_letter(char character) {
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
         character == '_';
}

bool is_digit(char character) {
  return character >= '0' && character <= '9';
}

std::size_t after_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t'))
    ++at;
  return at;
}

/// The placeholder whose `{{` is at `begin`; nothing when it holds no identifier.
std::optional<TemplatePiece> placeholder_at(std::string_view text, std::size_t begin) {
  const std::size_t name = after_blanks(text, begin + 2);
  std::size_t end = name;
  if (end == text.size() || !is_letter(text[end])) return std::nullopt;
  while (end < text.size() && (is_letter(text[end]) || is_digit(text[end])))
    ++end;
  const std::size_t closing = after_blanks(text, end);
  if (text.substr(closing, 2) != "}}") return std::nullopt;
  return TemplatePiece{std::string(text.substr(name, end - name)), true, begin, closing + 2};
}

}  // namespace

std::vector<TemplatePiece> template_pieces(std::string_view text) {
  std::vector<TemplatePiece> pieces;
  std::string literal;
  const auto end_literal = [&] {
    if (!literal.empty()) pieces.push_back({std::exchange(literal, {})});
  };
  for (std::size_t at = 0; at < text.size();) {
    if (text.substr(at, 3) == "\\{{") {
      literal += "{{";
      at += 3;
      continue;
    }
    auto placeholder = text.substr(at, 2) == "{{" ? placeholder_at(text, at) : std::nullopt;
    if (!placeholder) {
      literal += text[at++];
      continue;
    }
    end_literal();
    at = placeholder->end;
    pieces.push_back(*std::move(placeholder));
  }
  end_literal();
  return pieces;
}

std::string sole_parameter(std::string_view text) {
  const auto pieces = template_pieces(text);
  return pieces.size() == 1 && pieces.front().is_parameter ? pieces.front().text : "";
}

}  // namespace goflow::core
