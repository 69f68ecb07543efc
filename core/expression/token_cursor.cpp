#include "core/expression/token_cursor.hpp"

namespace goflow::core::expression {

bool TokenCursor::take(std::string_view spelling) {
  if (!at(spelling)) return false;
  ++at_;
  return true;
}

Check TokenCursor::expect(std::string_view spelling) {
  if (take(spelling)) return {};
  return unexpected("'" + std::string(spelling) + "' is expected here");
}

ExpressionError TokenCursor::unexpected(std::string hint) const {
  const Token& token = here();
  const bool end = token.kind == TokenKind::end;
  return fault(Code::syntax,
               token.place,
               end ? "unexpected end" : "unexpected '" + std::string(token.spelling) + "'",
               std::move(hint));
}

}  // namespace goflow::core::expression
