// Makes the nodes of the tree and refuses those that can only fail: certain type errors, wrong
// arity, bad literal patterns, too deep a tree.
#pragma once

#include "core/expression/fault.hpp"
#include "core/expression/tree.hpp"

#include <string_view>
#include <vector>

namespace goflow::core::expression {

/// Parser and tree go no deeper, so that neither can exhaust the stack.
inline constexpr std::size_t deepest = 128;

using Built = Result<NodePtr, ExpressionError>;

class Builder {
 public:
  explicit Builder(std::string_view text) : text_(text) {}

  /// Without operands, of which any kind may come.
  static NodePtr leaf(Place place, Node::Form form, KindSet kinds = any_kind);

  static Built array(Place place, std::vector<NodePtr> items);
  [[nodiscard]] Built object(Place place, std::vector<ObjectLiteral::Entry> entries) const;
  [[nodiscard]] Built unary(Place place, UnaryOperator op, Place sign, NodePtr operand) const;
  [[nodiscard]] Built binary(
      Place place, BinaryOperator op, Place sign, NodePtr left, NodePtr right) const;
  [[nodiscard]] Built conditional(Place place, NodePtr condition, NodePtr yes, NodePtr no) const;
  [[nodiscard]] Built fallback(Place place,
                               Absence absence,
                               NodePtr value,
                               NodePtr otherwise) const;
  [[nodiscard]] Built path(Place place, NodePtr root, std::vector<Access> accesses) const;
  static Built let(Place place, std::size_t slot, NodePtr value, NodePtr body);
  [[nodiscard]] Built call(Place place,
                           const Builtin& function,
                           Place word,
                           std::vector<NodePtr> arguments) const;
  /// The same node, but parentheses count as a level.
  static Built parenthesized(NodePtr inner);

 private:
  static Built finish(Place place, KindSet kinds, std::size_t depth, Node::Form form);
  [[nodiscard]] std::string_view source(const Node& node) const;
  [[nodiscard]] std::string description(const Node& node) const;
  [[nodiscard]] Side side(const Node& node) const;
  [[nodiscard]] Check check_access(const Node& from, const Access& access) const;
  [[nodiscard]] Check check_arguments(const Builtin& function,
                                      const std::vector<NodePtr>& arguments) const;

  std::string_view text_;
};

ExpressionError too_deep(Place place);

}  // namespace goflow::core::expression
