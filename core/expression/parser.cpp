#include "core/expression/parser.hpp"

#include "core/expression/builder.hpp"
#include "core/expression/builtins/builtin.hpp"
#include "core/expression/lexer.hpp"
#include "core/expression/syntax.hpp"
#include "core/expression/token_cursor.hpp"
#include "core/value/json.hpp"

#include <algorithm>
#include <utility>

namespace goflow::core::expression {
namespace {

/// 2 to the power of 63 has a meaning only behind a minus sign.
ExpressionError beyond_int(const Token& number) {
  return fault(Code::syntax,
               number.place,
               "the number " + std::string(number.spelling) + " is beyond what 64 bits hold");
}

class Parser : private TokenCursor {
 public:
  Parser(std::string_view text, std::vector<Token> tokens)
      : TokenCursor(std::move(tokens)), builder_(text) {}

  Built whole();
  [[nodiscard]] std::size_t slots() const { return slots_; }

 private:
  /// What one chain of operators has shown so far: `??` stands alone or in parentheses.
  struct Chain {
    const Token* fallback = nullptr;
    const Token* other = nullptr;
  };
  struct LetName {
    std::string_view name;
    KindSet kinds;
  };

  Built expression();
  Built nested_chain(int level, Chain& chain);
  Built let();
  Built conditional();
  Built piped();
  Built chain(int level, Chain& chain, NodePtr piped = nullptr);
  Built operation(const BinarySyntax& syntax, NodePtr left, Chain& chain);
  Check check_neighbours(const BinarySyntax& syntax, const BinarySyntax* previous, Chain& chain);
  Built operand(Chain& chain, NodePtr piped);
  Built prefixed(const PrefixSyntax& syntax, Chain& chain);
  Built accesses(std::size_t begin, NodePtr root);
  Result<Access, ExpressionError> access();
  Result<Access, ExpressionError> bracketed(Access access);
  Built primary();
  Built word();
  Built closure_name();
  Built parenthesized();
  Built array();
  Built object();
  Result<ObjectLiteral::Entry, ExpressionError> entry();
  Built call(NodePtr piped);
  Built argument(const Parameter& parameter);
  Built closure(const Parameter& parameter);
  [[nodiscard]] bool opens_object() const;

  Builder builder_;
  std::size_t nesting_ = 0;
  std::size_t slots_ = 0;
  std::vector<LetName> let_names_;
  // What each open closure is, innermost last.
  std::vector<Takes> closures_;
};

Built Parser::whole() {
  if (here().kind == TokenKind::end) {
    return fault(Code::syntax, here().place, "the expression is empty");
  }
  GOFLOW_TRY(NodePtr root, expression());
  if (here().kind == TokenKind::end) return root;
  return unexpected(at("=") ? "to compare, write ==" : "");
}

// All recursion of the parser passes through this function or the next.
Built Parser::expression() {
  if (nesting_ == deepest) return too_deep(here().place);
  ++nesting_;
  Built built = at("let") ? let() : conditional();
  --nesting_;
  return built;
}

Built Parser::nested_chain(int level, Chain& operators) {
  if (nesting_ == deepest) return too_deep(here().place);
  ++nesting_;
  Built built = chain(level, operators);
  --nesting_;
  return built;
}

Built Parser::let() {
  const std::size_t begin = next().place.begin;
  if (here().kind != TokenKind::word || is_reserved(here().spelling)) {
    return unexpected("after 'let' stands a name: let x = 1; x + 1");
  }
  const std::string_view name = next().spelling;
  GOFLOW_TRY(expect("="));
  GOFLOW_TRY(NodePtr value, expression());
  GOFLOW_TRY(expect(";"));
  const std::size_t slot = let_names_.size();
  let_names_.push_back({name, value->kinds});
  slots_ = std::max(slots_, let_names_.size());
  GOFLOW_TRY(NodePtr body, expression());
  let_names_.pop_back();
  return Builder::let(since(begin), slot, std::move(value), std::move(body));
}

Built Parser::conditional() {
  const std::size_t begin = here().place.begin;
  GOFLOW_TRY(NodePtr condition, piped());
  if (!take("?")) return condition;
  GOFLOW_TRY(NodePtr yes, expression());
  GOFLOW_TRY(expect(":"));
  GOFLOW_TRY(NodePtr no, expression());
  return builder_.conditional(since(begin), std::move(condition), std::move(yes), std::move(no));
}

Built Parser::piped() {
  Chain first;
  GOFLOW_TRY(NodePtr left, chain(0, first));
  while (take("|")) {
    const bool at_call = here().kind == TokenKind::word && is(ahead(1), "(");
    if (!at_call) return unexpected("after '|' stands a function call: xs | join(\", \")");
    Chain following;
    GOFLOW_TRY(left, chain(0, following, std::move(left)));
  }
  return left;
}

Built Parser::chain(int level, Chain& operators, NodePtr piped) {
  GOFLOW_TRY(NodePtr left, operand(operators, std::move(piped)));
  const BinarySyntax* previous = nullptr;
  while (true) {
    const bool negated = at("not");
    const BinarySyntax* syntax = find_binary(negated ? ahead(1) : here());
    if (syntax == nullptr || syntax->level < level || (negated && !syntax->negatable)) return left;
    GOFLOW_TRY(check_neighbours(*syntax, previous, operators));
    GOFLOW_TRY(left, operation(*syntax, std::move(left), operators));
    previous = syntax;
  }
}

Built Parser::operation(const BinarySyntax& syntax, NodePtr left, Chain& operators) {
  const std::size_t begin = left->place.begin;
  const Place negation = here().place;
  const bool negated = take("not");
  const Place sign = next().place;
  const int tighter = syntax.grouping == Grouping::right ? syntax.level : syntax.level + 1;
  GOFLOW_TRY(NodePtr right, nested_chain(tighter, operators));
  const Place place = since(begin);
  if (!syntax.op) {
    return builder_.fallback(place, Absence::is_null, std::move(left), std::move(right));
  }
  GOFLOW_TRY(NodePtr node,
             builder_.binary(place, *syntax.op, sign, std::move(left), std::move(right)));
  if (!negated) return node;
  return builder_.unary(place, UnaryOperator::negation, negation, std::move(node));
}

Check Parser::check_neighbours(const BinarySyntax& syntax,
                               const BinarySyntax* previous,
                               Chain& operators) {
  const Token& token = here();
  const std::string spelling(syntax.spelling);
  if (syntax.grouping == Grouping::none && previous != nullptr && previous->level == syntax.level) {
    return fault(
        Code::syntax,
        token.place,
        "'" + spelling + "' after '" + std::string(previous->spelling) + "' needs parentheses");
  }
  (syntax.op ? operators.other : operators.fallback) = &token;
  if (operators.fallback == nullptr || operators.other == nullptr) return {};
  return fault(Code::syntax,
               operators.fallback->place,
               "'" + std::string(operators.fallback->spelling) + "' next to '" +
                   std::string(operators.other->spelling) + "' needs parentheses",
               "for example (x ?? 0) + 1");
}

Built Parser::operand(Chain& operators, NodePtr piped) {
  if (piped != nullptr) {
    const std::size_t begin = piped->place.begin;
    GOFLOW_TRY(NodePtr root, call(std::move(piped)));
    return accesses(begin, std::move(root));
  }
  if (const PrefixSyntax* prefix = find_prefix(here())) return prefixed(*prefix, operators);
  const std::size_t begin = here().place.begin;
  GOFLOW_TRY(NodePtr root, primary());
  return accesses(begin, std::move(root));
}

Built Parser::prefixed(const PrefixSyntax& syntax, Chain& operators) {
  const Place sign = next().place;
  const bool smallest = syntax.op == UnaryOperator::negative && here().kind == TokenKind::number &&
                        here().value.is_null();
  if (smallest) {
    next();
    return Builder::leaf(since(sign.begin), Literal{Value(INT64_MIN)}, Kind::integer);
  }
  GOFLOW_TRY(NodePtr operand, nested_chain(syntax.level + 1, operators));
  return builder_.unary(since(sign.begin), syntax.op, sign, std::move(operand));
}

Built Parser::accesses(std::size_t begin, NodePtr root) {
  std::vector<Access> found;
  while (at(".") || at("?.") || at("[")) {
    GOFLOW_TRY(Access one, access());
    found.push_back(std::move(one));
  }
  if (found.empty()) return root;
  return builder_.path(since(begin), std::move(root), std::move(found));
}

Result<Access, ExpressionError> Parser::access() {
  Access access{{}, here().place.begin, at("?."), {}};
  if (at("[")) return bracketed(std::move(access));
  next();
  if (access.optional && at("[")) return bracketed(std::move(access));
  if (here().kind != TokenKind::word) return unexpected("after '.' stands the name of a field");
  const Token& word = next();
  access.place = word.place;
  access.way = std::string(word.spelling);
  if (at("(")) return no_method(word.spelling, word.place);
  return access;
}

Result<Access, ExpressionError> Parser::bracketed(Access access) {
  next();
  access.place.begin = here().place.begin;
  NodePtr from;
  if (!at(":")) {
    GOFLOW_TRY(from, expression());
  }
  if (take(":")) {
    Slice slice{std::move(from), nullptr};
    if (!at("]")) {
      GOFLOW_TRY(slice.to, expression());
    }
    access.way = std::move(slice);
  } else {
    access.way = std::move(from);
  }
  access.place = since(access.place.begin);
  GOFLOW_TRY(expect("]"));
  return access;
}

Built Parser::primary() {
  const Token& token = here();
  switch (token.kind) {
    case TokenKind::number:
      if (token.value.is_null()) return beyond_int(token);
      [[fallthrough]];
    case TokenKind::text:
      next();
      return Builder::leaf(token.place, Literal{token.value}, token.value.kind());
    case TokenKind::word:
      return is(ahead(1), "(") && !is_reserved(token.spelling) ? call(nullptr) : word();
    case TokenKind::symbol:
      if (at("(")) return parenthesized();
      if (at("[")) return array();
      if (at("{")) return object();
      if (at(".") || token.spelling.front() == '#') return closure_name();
      return unexpected();
    case TokenKind::end:
      break;
  }
  return unexpected();
}

Built Parser::word() {
  const Token& token = here();
  const std::string_view name = token.spelling;
  if (name == "true" || name == "false") {
    next();
    return Builder::leaf(token.place, Literal{Value(name == "true")}, Kind::boolean);
  }
  if (name == "null" || name == "nil") {
    next();
    return Builder::leaf(token.place, Literal{Value()}, Kind::null);
  }
  if (is_reserved(name)) return unexpected();
  next();
  for (std::size_t slot = let_names_.size(); slot-- > 0;) {
    if (let_names_[slot].name != name) continue;
    return Builder::leaf(token.place, Local{slot}, let_names_[slot].kinds);
  }
  return Builder::leaf(token.place, Name{std::string(name)});
}

Built Parser::closure_name() {
  const Token& token = here();
  const std::string spelling(token.spelling);
  if (closures_.empty()) {
    return fault(Code::syntax,
                 token.place,
                 "'" + spelling + "' outside a closure",
                 "it stands for an element, as in filter(xs, # > 1)");
  }
  // `.name` is `#.name`: the point is left for the accesses.
  if (spelling == ".")
    return Builder::leaf({token.place.begin, token.place.begin}, ClosureName::element);
  if (spelling == "#acc" && closures_.back() != Takes::reducer) {
    return fault(Code::syntax, token.place, "'#acc' outside the closure of 'reduce'");
  }
  next();
  if (spelling == "#index") return Builder::leaf(token.place, ClosureName::index, Kind::integer);
  return Builder::leaf(token.place,
                       spelling == "#acc" ? ClosureName::accumulator : ClosureName::element);
}

Built Parser::parenthesized() {
  next();
  GOFLOW_TRY(NodePtr inner, expression());
  GOFLOW_TRY(expect(")"));
  return Builder::parenthesized(std::move(inner));
}

Built Parser::array() {
  const std::size_t begin = next().place.begin;
  std::vector<NodePtr> items;
  while (!at("]")) {
    GOFLOW_TRY(NodePtr item, expression());
    items.push_back(std::move(item));
    if (!take(",")) break;
  }
  GOFLOW_TRY(expect("]"));
  return Builder::array(since(begin), std::move(items));
}

Built Parser::object() {
  const std::size_t begin = next().place.begin;
  std::vector<ObjectLiteral::Entry> entries;
  while (!at("}")) {
    GOFLOW_TRY(auto one, entry());
    entries.push_back(std::move(one));
    if (!take(",")) break;
  }
  GOFLOW_TRY(expect("}"));
  return builder_.object(since(begin), std::move(entries));
}

Result<ObjectLiteral::Entry, ExpressionError> Parser::entry() {
  ObjectLiteral::Entry entry;
  const Token& token = here();
  if (at("(")) {
    GOFLOW_TRY(entry.key, parenthesized());
  } else if (token.kind == TokenKind::word) {
    entry.key = Builder::leaf(token.place, Literal{Value(token.spelling)}, Kind::text);
    next();
  } else if (token.kind == TokenKind::text || token.kind == TokenKind::number) {
    if (token.value.is_null()) return beyond_int(token);
    entry.key = Builder::leaf(token.place, Literal{Value(to_text(token.value))}, Kind::text);
    next();
  } else {
    return unexpected("an object is written {name: value, \"other name\": value}");
  }
  GOFLOW_TRY(expect(":"));
  GOFLOW_TRY(entry.value, expression());
  return entry;
}

Built Parser::call(NodePtr piped) {
  const Token& word = next();
  const std::size_t begin = piped == nullptr ? word.place.begin : piped->place.begin;
  const Builtin* function = find_builtin(word.spelling);
  if (function == nullptr) return unknown_function(word.spelling, word.place);
  next();
  std::vector<NodePtr> arguments;
  if (piped != nullptr) arguments.push_back(std::move(piped));
  while (!at(")")) {
    GOFLOW_TRY(NodePtr one, argument(function->parameter(arguments.size())));
    arguments.push_back(std::move(one));
    if (!take(",")) break;
  }
  GOFLOW_TRY(expect(")"));
  return builder_.call(since(begin), *function, word.place, std::move(arguments));
}

Built Parser::argument(const Parameter& parameter) {
  return parameter.is_closure() ? closure(parameter) : expression();
}

Built Parser::closure(const Parameter& parameter) {
  closures_.push_back(parameter.takes);
  const bool braced = at("{") && !opens_object();
  if (braced) next();
  GOFLOW_TRY(NodePtr body, expression());
  if (braced) {
    GOFLOW_TRY(expect("}"));
  }
  closures_.pop_back();
  return body;
}

/// `{` at the beginning of a closure: an object, or the brace that one may put around it.
bool Parser::opens_object() const {
  const Token& first = ahead(1);
  const bool key = first.kind == TokenKind::word || first.kind == TokenKind::text ||
                   first.kind == TokenKind::number;
  return is(first, "}") || (key && is(ahead(2), ":"));
}

}  // namespace

Result<ExpressionTree, ExpressionError> parse(std::string text, Place range) {
  ExpressionTree tree{std::move(text), nullptr, 0};
  GOFLOW_TRY(auto tokens, tokenize(tree.text, range));
  Parser parser(tree.text, std::move(tokens));
  GOFLOW_TRY(tree.root, parser.whole());
  tree.slots = parser.slots();
  return tree;
}

}  // namespace goflow::core::expression
