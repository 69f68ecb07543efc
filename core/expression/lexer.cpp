#include "core/expression/lexer.hpp"

#include "core/base/utf8.hpp"
#include "core/expression/characters.hpp"
#include "core/expression/literal.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace goflow::core::expression {
namespace {

// Longest first where one begins like another.
constexpr std::array<std::string_view, 32> symbols{
    "?.", "??", "?", "..", ".", "==", "=", "!=", "!", "<=", "<", ">=", ">", "&&", "||", "|",
    "**", "*",  "/", "%",  "+", "-",  "^", "(",  ")", "[",  "]", "{",  "}", ",",  ":",  ";"};

std::string_view symbol_at(std::string_view rest) {
  // `a ?.5 : 1` holds a number, not an access.
  if (rest.substr(0, 2) == "?." && rest.size() > 2 && is_digit(rest[2])) return rest.substr(0, 1);
  for (const std::string_view symbol : symbols) {
    if (rest.substr(0, symbol.size()) == symbol) return rest.substr(0, symbol.size());
  }
  return {};
}

std::size_t end_of_quoted(std::string_view text, std::size_t at) {
  const char quote = text[at];
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] == quote) return i + 1;
    if (quote == '`') continue;
    if (text[i] == '\n' || text[i] == '\r') break;
    if (text[i] == '\\') ++i;
  }
  return text.size() + 1;
}

class Lexer {
 public:
  Lexer(std::string_view text, Place range) : text_(text.substr(0, range.end)), at_(range.begin) {}

  Result<std::vector<Token>, ExpressionError> run() {
    std::vector<Token> tokens;
    while (true) {
      GOFLOW_TRY(skip_blank());
      GOFLOW_TRY(Token token, next());
      tokens.push_back(std::move(token));
      if (tokens.back().kind == TokenKind::end) return tokens;
    }
  }

 private:
  Check skip_blank() {
    while (at_ < text_.size()) {
      const bool comment = text_[at_] == '/';
      const std::size_t end = is_space(text_[at_]) ? at_ + 1
                              : comment            ? skip_opaque(text_, at_)
                                                   : at_;
      if (end == at_) break;
      if (end > text_.size()) {
        return fault(Code::syntax, Place{at_, at_ + 2}, "the comment is not closed");
      }
      at_ = end;
    }
    return {};
  }

  Result<Token, ExpressionError> next() {
    const std::string_view rest = text_.substr(at_);
    if (rest.empty()) return take(TokenKind::end, 0);
    if (begins_word(rest[0])) return take(TokenKind::word, end_of_word(rest, 0));
    if (is_digit(rest[0]) || (rest.size() > 1 && rest[0] == '.' && is_digit(rest[1]))) {
      return number(number_length(rest));
    }
    if (rest[0] == '"' || rest[0] == '\'' || rest[0] == '`') return quoted();
    if (rest[0] == '#') return closure_name(rest);
    if (const std::string_view symbol = symbol_at(rest); !symbol.empty()) {
      return take(TokenKind::symbol, symbol.size());
    }
    return unexpected_character(rest);
  }

  Token take(TokenKind kind, std::size_t size) {
    Token token{kind, Place{at_, at_ + size}, text_.substr(at_, size)};
    at_ += size;
    return token;
  }

  Result<Token, ExpressionError> number(std::size_t size) {
    Token token = take(TokenKind::number, size);
    GOFLOW_TRY(token.value, read_number(token.spelling, token.place));
    return token;
  }

  Result<Token, ExpressionError> quoted() {
    const std::size_t end = end_of_quoted(text_, at_);
    if (end > text_.size()) {
      return fault(Code::syntax, Place{at_, at_ + 1}, "the text is not closed");
    }
    // It would stay as it is, where whoever wrote it waits for a value.
    if (const std::size_t stray = text_.substr(0, end).find("${", at_); stray < end) {
      return placeholder_within(stray,
                                "a text is put together with +: 'hello ' + name; "
                                "'${' itself is '\\x24{'");
    }
    Token token = take(TokenKind::text, end - at_);
    GOFLOW_TRY(token.value, read_text(token.spelling, token.place));
    return token;
  }

  Result<Token, ExpressionError> closure_name(std::string_view rest) {
    const std::size_t size = end_of_word(rest, 1);
    const std::string_view word = rest.substr(1, size - 1);
    if (word.empty() || word == "index" || word == "acc") return take(TokenKind::symbol, size);
    return fault(Code::syntax,
                 Place{at_, at_ + size},
                 "unexpected '" + std::string(rest.substr(0, size)) + "'",
                 "a field of the element is written '." + std::string(word) + "'");
  }

  [[nodiscard]] static ExpressionError placeholder_within(std::size_t at, std::string hint) {
    return fault(Code::syntax, Place{at, at + 2}, "'${' within an expression", std::move(hint));
  }

  [[nodiscard]] ExpressionError unexpected_character(std::string_view rest) const {
    if (rest.substr(0, 2) == "${") {
      return placeholder_within(at_, "names stand alone here: write name, not ${name}");
    }
    const std::string_view bytes = utf8::first(rest);
    const bool visible = static_cast<unsigned char>(bytes[0]) > ' ' && bytes[0] != '\x7f';
    return fault(
        Code::syntax,
        Place{at_, at_ + bytes.size()},
        visible ? "unexpected '" + std::string(bytes) + "'" : "unexpected control character");
  }

  std::string_view text_;
  std::size_t at_;
};

}  // namespace

Result<std::vector<Token>, ExpressionError> tokenize(std::string_view text, Place range) {
  return Lexer(text, range).run();
}

std::size_t skip_opaque(std::string_view text, std::size_t at) {
  const char first = text[at];
  if (first == '"' || first == '\'' || first == '`') return end_of_quoted(text, at);
  if (text.substr(at, 2) == "//") return std::min(text.find('\n', at), text.size());
  if (text.substr(at, 2) == "/*") {
    const std::size_t end = text.find("*/", at + 2);
    return end == std::string_view::npos ? text.size() + 1 : end + 2;
  }
  return at;
}

}  // namespace goflow::core::expression
