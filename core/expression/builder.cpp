#include "core/expression/builder.hpp"

#include "core/expression/access.hpp"
#include "core/expression/builtins/builtin.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>
#include <utility>

namespace goflow::core::expression {
namespace {

std::size_t depth_of(const NodePtr& node) {
  return node == nullptr ? 0 : node->depth;
}

std::size_t deepest_of(std::initializer_list<const NodePtr*> nodes) {
  std::size_t depth = 0;
  for (const NodePtr* node : nodes) {
    depth = std::max(depth, depth_of(*node));
  }
  return depth;
}

std::size_t deepest_of(const std::vector<NodePtr>& nodes) {
  std::size_t depth = 0;
  for (const NodePtr& node : nodes) {
    depth = std::max(depth, depth_of(node));
  }
  return depth;
}

std::size_t depth_of(const Access& access) {
  if (const auto* index = std::get_if<NodePtr>(&access.way)) return depth_of(*index);
  if (const auto* bounds = std::get_if<Slice>(&access.way)) {
    return deepest_of({&bounds->from, &bounds->to});
  }
  return 0;
}

const Literal* as_literal(const Node& node) {
  return std::get_if<Literal>(&node.form);
}

bool is_text_literal(const Node& node) {
  const Literal* literal = as_literal(node);
  return literal != nullptr && literal->value.is_text();
}

/// The pattern of `matches` is compiled once if it is a literal.
Result<std::optional<Pattern>, ExpressionError> literal_pattern(BinaryOperator op,
                                                                const Node& right) {
  const Literal* literal = as_literal(right);
  if (op != BinaryOperator::matches || literal == nullptr) return std::optional<Pattern>();
  auto pattern = Pattern::compile(literal->value.as_text());
  if (!pattern) return bad_pattern(pattern.error(), right.place);
  return std::optional<Pattern>(*std::move(pattern));
}

ExpressionError constant_key(const Builtin& function, const Node& node) {
  const std::string& word = as_literal(node)->value.as_text();
  return fault(Code::type_mismatch,
               node.place,
               "'" + std::string(function.name()) + "' needs an expression of the element, got " +
                   describe(as_literal(node)->value),
               "a field of the element: ." + word);
}

}  // namespace

NodePtr Builder::leaf(Place place, Node::Form form, KindSet kinds) {
  return std::make_unique<Node>(Node{place, kinds, 1, std::move(form)});
}

Built Builder::array(Place place, std::vector<NodePtr> items) {
  const std::size_t depth = deepest_of(items);
  return finish(place, Kind::array, depth, ArrayLiteral{std::move(items)});
}

Built Builder::object(Place place, std::vector<ObjectLiteral::Entry> entries) const {
  std::size_t depth = 0;
  for (const auto& [key, value] : entries) {
    depth = std::max(depth, deepest_of({&key, &value}));
    if (!key->kinds.has(Kind::text)) {
      return fault(Code::type_mismatch,
                   key->place,
                   "the key of an object must be a text, got " + description(*key));
    }
  }
  return finish(place, Kind::object, depth, ObjectLiteral{std::move(entries)});
}

Built Builder::unary(Place place, UnaryOperator op, Place sign, NodePtr operand) const {
  if (!accepts(op, operand->kinds)) return mismatch(op, side(*operand), sign);
  const KindSet kinds = result_kinds(op, operand->kinds);
  const std::size_t depth = operand->depth;
  return finish(place, kinds, depth, Unary{op, sign, std::move(operand)});
}

Built Builder::binary(
    Place place, BinaryOperator op, Place sign, NodePtr left, NodePtr right) const {
  if (!accepts(op, left->kinds, right->kinds)) {
    return mismatch(op, side(*left), side(*right), sign);
  }
  GOFLOW_TRY(auto pattern, literal_pattern(op, *right));
  const KindSet kinds = result_kinds(op, left->kinds, right->kinds);
  const std::size_t depth = deepest_of({&left, &right});
  return finish(
      place, kinds, depth, Binary{op, sign, std::move(left), std::move(right), std::move(pattern)});
}

Built Builder::conditional(Place place, NodePtr condition, NodePtr yes, NodePtr no) const {
  if (!condition->kinds.has(Kind::boolean)) {
    return fault(Code::type_mismatch,
                 condition->place,
                 "a condition must be a boolean, got " + description(*condition));
  }
  const KindSet kinds = yes->kinds | no->kinds;
  const std::size_t depth = deepest_of({&condition, &yes, &no});
  return finish(
      place, kinds, depth, Conditional{std::move(condition), std::move(yes), std::move(no)});
}

Built Builder::fallback(Place place, Absence absence, NodePtr value, NodePtr otherwise) const {
  const KindSet kinds = value->kinds.without(Kind::null) | otherwise->kinds;
  const std::size_t depth = deepest_of({&value, &otherwise});
  return finish(place, kinds, depth, Fallback{absence, std::move(value), std::move(otherwise)});
}

Built Builder::path(Place place, NodePtr root, std::vector<Access> accesses) const {
  // Of what the first access yields nothing is known.
  GOFLOW_TRY(check_access(*root, accesses.front()));
  std::size_t depth = root->depth;
  for (const Access& access : accesses) {
    depth = std::max(depth, depth_of(access));
  }
  return finish(place, any_kind, depth, Path{std::move(root), std::move(accesses)});
}

Built Builder::let(Place place, std::size_t slot, NodePtr value, NodePtr body) {
  const KindSet kinds = body->kinds;
  const std::size_t depth = deepest_of({&value, &body});
  return finish(place, kinds, depth, Let{slot, std::move(value), std::move(body)});
}

Built Builder::call(Place place,
                    const Builtin& function,
                    Place word,
                    std::vector<NodePtr> arguments) const {
  GOFLOW_TRY(check_arity(function, arguments.size(), word));
  GOFLOW_TRY(check_arguments(function, arguments));
  if (function.form == Builtin::Form::conditional) {
    return conditional(
        place, std::move(arguments[0]), std::move(arguments[1]), std::move(arguments[2]));
  }
  if (function.form == Builtin::Form::fallback) {
    return fallback(
        place, Absence::or_unknown_name, std::move(arguments[0]), std::move(arguments[1]));
  }
  const std::size_t depth = deepest_of(arguments);
  return finish(place, function.result, depth, FunctionCall{&function, word, std::move(arguments)});
}

Built Builder::parenthesized(NodePtr inner) {
  if (inner->depth == deepest) return too_deep(inner->place);
  inner->depth += 1;
  return inner;
}

Built Builder::finish(Place place, KindSet kinds, std::size_t depth, Node::Form form) {
  if (depth >= deepest) return too_deep(place);
  return NodePtr(std::make_unique<Node>(Node{place, kinds, depth + 1, std::move(form)}));
}

std::string_view Builder::source(const Node& node) const {
  return text_.substr(node.place.begin, node.place.end - node.place.begin);
}

std::string Builder::description(const Node& node) const {
  const Literal* literal = as_literal(node);
  return literal == nullptr ? describe(node.kinds) : describe(literal->value);
}

Side Builder::side(const Node& node) const {
  return Side{description(node), source(node), node.kinds};
}

// Null may be forgiven, by '?.' or by '??'.
Check Builder::check_access(const Node& from, const Access& access) const {
  constexpr KindSet with_elements = KindSet(Kind::null) | Kind::array;
  if (const auto* word = std::get_if<std::string>(&access.way)) {
    if (from.kinds.meets(KindSet(Kind::null) | Kind::object)) return {};
    return no_member({from.kinds, description(from)}, *word, access.place);
  }
  if (std::holds_alternative<Slice>(access.way)) {
    if (from.kinds.meets(with_elements | Kind::text)) return {};
    return no_slice({from.kinds, description(from)}, access.place);
  }
  if (from.kinds.meets(with_elements | Kind::object)) return {};
  return no_element({from.kinds, description(from)}, access.place);
}

Check Builder::check_arguments(const Builtin& function,
                               const std::vector<NodePtr>& arguments) const {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Node& node = *arguments[i];
    const Takes takes = function.parameter(i).takes;
    if (takes == Takes::sort_key && is_text_literal(node)) return constant_key(function, node);
    const Literal* literal = as_literal(node);
    if (literal == nullptr ? !accepts(takes, node.kinds) : !accepts(takes, literal->value)) {
      return mismatch(function, {i, description(node), source(node), node.kinds, node.place});
    }
  }
  return {};
}

ExpressionError too_deep(Place place) {
  return fault(Code::limit, place, "the expression is nested deeper than 128 levels");
}

}  // namespace goflow::core::expression
