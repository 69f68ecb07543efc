// The words of an expression.
#pragma once

#include "core/expression/fault.hpp"
#include "core/value/value.hpp"

#include <string_view>
#include <vector>

namespace goflow::core::expression {

enum class TokenKind { end, word, number, text, symbol };

struct Token {
  TokenKind kind = TokenKind::end;
  Place place = {};
  // As written; a view into the text.
  std::string_view spelling = {};
  // Of a number or text. A number without value is 2^63, which only a minus sign makes an int.
  Value value = {};
};

/// All words in `range` of the text, with an `end` after them.
Result<std::vector<Token>, ExpressionError> tokenize(std::string_view text, Place range);

/// Where the comment or quoted text that begins at `at` ends; `at` itself if none begins there.
/// Past the end of the text: it is not closed.
std::size_t skip_opaque(std::string_view text, std::size_t at);

}  // namespace goflow::core::expression
