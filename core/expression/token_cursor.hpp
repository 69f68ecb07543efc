// Steps through the words of an expression.
#pragma once

#include "core/expression/lexer.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goflow::core::expression {

/// The last token is an `end`, behind which nobody steps.
class TokenCursor {
 public:
  explicit TokenCursor(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

  [[nodiscard]] const Token& here() const { return tokens_[at_]; }
  [[nodiscard]] const Token& ahead(std::size_t distance) const {
    return tokens_[std::min(at_ + distance, tokens_.size() - 1)];
  }
  [[nodiscard]] bool at(std::string_view spelling) const { return is(here(), spelling); }
  static bool is(const Token& token, std::string_view spelling) {
    return token.spelling == spelling && token.kind != TokenKind::end;
  }

  const Token& next() { return tokens_[at_++]; }
  bool take(std::string_view spelling);
  Check expect(std::string_view spelling);

  /// From there to the end of the last token taken.
  [[nodiscard]] Place since(std::size_t begin) const { return {begin, tokens_[at_ - 1].place.end}; }
  [[nodiscard]] ExpressionError unexpected(std::string hint = {}) const;

 private:
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
};

}  // namespace goflow::core::expression
