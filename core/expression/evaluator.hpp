// Walks the tree of an expression once.
#pragma once

#include "core/expression/access.hpp"
#include "core/expression/budget.hpp"
#include "core/expression/fault.hpp"
#include "core/expression/tree.hpp"
#include "core/value/value.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace goflow::core::expression {

/// What `#`, `#index` and `#acc` stand for.
struct ClosureFrame {
  const Value* element;
  std::size_t index;
  const Value* accumulator;
};

/// For one evaluation: the budget is spent, the names of `let` are filled in.
class Evaluator {
 public:
  Evaluator(const ExpressionTree& tree, const Environment& environment);

  Outcome run();

  Outcome evaluate_closure(const Node& body, const ClosureFrame& frame);
  [[nodiscard]] Budget& budget() { return budget_; }
  [[nodiscard]] const Environment& environment() const { return environment_; }

 private:
  Outcome evaluate(const Node& node);
  /// What is absent along a name or path is null, if `absence` says so.
  Outcome evaluate_leniently(const Node& node, Absence absence);

  Outcome visit(const Node& node, const Literal& literal);
  Outcome visit(const Node& node, const Name& name);
  Outcome visit(const Node& node, const Local& local);
  Outcome visit(const Node& node, const ClosureName& name);
  Outcome visit(const Node& node, const ArrayLiteral& array);
  Outcome visit(const Node& node, const ObjectLiteral& object);
  Outcome visit(const Node& node, const Unary& unary);
  Outcome visit(const Node& node, const Binary& binary);
  Outcome visit(const Node& node, const Conditional& conditional);
  Outcome visit(const Node& node, const Fallback& fallback);
  Outcome visit(const Node& node, const Path& path);
  Outcome visit(const Node& node, const Let& let);
  Outcome visit(const Node& node, const FunctionCall& call);

  Outcome name(const Node& node, const Name& name, Absence absence);
  Outcome path(const Node& node, const Path& path, Absence absence);

  /// One access of a path; nullopt only when `lenient`: there is nothing to go on with.
  struct Step {
    const Access& access;
    const Node& path;
    bool lenient;
  };
  using Reached = Result<std::optional<Value>, ExpressionError>;
  Reached reach(const Value& from, const std::string& word, const Step& step);
  Reached reach(const Value& from, const NodePtr& index, const Step& step);
  Reached reach(const Value& from, const Slice& bounds, const Step& step);
  Result<std::optional<std::int64_t>, ExpressionError> bound(const NodePtr& node);
  [[nodiscard]] Wording wording(const Step& step) const;

  Outcome short_circuit(const Binary& binary);
  Outcome operand_of_logic(const Binary& binary, const Node& operand);
  [[nodiscard]] Check check_arguments(const FunctionCall& call,
                                      const std::vector<Value>& arguments) const;
  [[nodiscard]] Side side(const Node& node, const Value& value) const;
  [[nodiscard]] std::string_view source(const Node& node) const;
  [[nodiscard]] ExpressionError unknown_name(const Node& node, const Name& name) const;

  const ExpressionTree& tree_;
  const Environment& environment_;
  Budget budget_;
  RecentPattern recent_pattern_;
  std::vector<Value> locals_;
  ClosureFrame frame_ = {};
};

}  // namespace goflow::core::expression
