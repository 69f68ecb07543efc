#include "core/expression/evaluator.hpp"

#include "core/base/suggest.hpp"
#include "core/expression/access.hpp"
#include "core/expression/builtins/builtin.hpp"
#include "core/expression/call.hpp"
#include "core/expression/numbers.hpp"

#include <string>
#include <utility>

namespace goflow::core::expression {

Evaluator::Evaluator(const ExpressionTree& tree, const Environment& environment)
    : tree_(tree), environment_(environment), locals_(tree.slots) {}

// Outcomes are looked at where they are, here and below: to move a value out of each would cost
// more than most operators do.
Outcome Evaluator::run() {
  Outcome value = evaluate(*tree_.root);
  // What only passes through was measured when it was made.
  const Node::Form& form = tree_.root->form;
  const bool passed = std::holds_alternative<Name>(form) || std::holds_alternative<Path>(form);
  if (!value || passed || within_limits(*value)) return value;
  return too_large(tree_.root->place);
}

Outcome Evaluator::evaluate_closure(const Node& body, const ClosureFrame& frame) {
  const ClosureFrame outer = std::exchange(frame_, frame);
  Outcome value = evaluate(body);
  frame_ = outer;
  return value;
}

Outcome Evaluator::evaluate(const Node& node) {
  GOFLOW_TRY(budget_.spend(1, node.place));
  return std::visit([&](const auto& form) { return visit(node, form); }, node.form);
}

Outcome Evaluator::evaluate_leniently(const Node& node, Absence absence) {
  if (const auto* name_form = std::get_if<Name>(&node.form)) return name(node, *name_form, absence);
  if (const auto* path_form = std::get_if<Path>(&node.form)) return path(node, *path_form, absence);
  return evaluate(node);
}

Outcome Evaluator::visit(const Node&, const Literal& literal) {
  return literal.value;
}

Outcome Evaluator::visit(const Node& node, const Name& form) {
  return name(node, form, Absence::is_error);
}

Outcome Evaluator::visit(const Node&, const Local& local) {
  return locals_[local.slot];
}

Outcome Evaluator::visit(const Node&, const ClosureName& form) {
  switch (form) {
    case ClosureName::element:
      return *frame_.element;
    case ClosureName::index:
      return Value(static_cast<std::int64_t>(frame_.index));
    case ClosureName::accumulator:
      return *frame_.accumulator;
  }
  return Value();
}

Outcome Evaluator::visit(const Node&, const ArrayLiteral& array) {
  Array items;
  items.reserve(array.items.size());
  for (const NodePtr& item : array.items) {
    GOFLOW_TRY(Value value, evaluate(*item));
    items.push_back(std::move(value));
  }
  return Value(std::move(items));
}

Outcome Evaluator::visit(const Node&, const ObjectLiteral& object) {
  Object members;
  for (const auto& [key_node, value_node] : object.entries) {
    GOFLOW_TRY(const Value key, evaluate(*key_node));
    if (!key.is_text()) {
      return fault(Code::type_mismatch,
                   key_node->place,
                   "the key of an object must be a text, got " + describe(key));
    }
    GOFLOW_TRY(Value value, evaluate(*value_node));
    members.set(key.as_text(), std::move(value));
  }
  return Value(std::move(members));
}

Outcome Evaluator::visit(const Node&, const Unary& unary) {
  Outcome operand = evaluate(*unary.operand);
  if (!operand) return operand;
  if (accepts(unary.op, operand->kind())) return apply(unary.op, *operand, unary.sign);
  return mismatch(unary.op, side(*unary.operand, *operand), unary.sign);
}

Outcome Evaluator::visit(const Node&, const Binary& binary) {
  if (binary.op == BinaryOperator::both || binary.op == BinaryOperator::either) {
    return short_circuit(binary);
  }
  Outcome left = evaluate(*binary.left);
  if (!left) return left;
  Outcome right = evaluate(*binary.right);
  if (!right) return right;
  if (!accepts(binary.op, left->kind(), right->kind())) {
    return mismatch(binary.op, side(*binary.left, *left), side(*binary.right, *right), binary.sign);
  }
  if (binary.pattern) return Value(binary.pattern->found_in(left->as_text()));
  return apply(binary.op, *left, *right, binary.sign, {budget_, recent_pattern_});
}

Outcome Evaluator::visit(const Node&, const Conditional& conditional) {
  Outcome condition = evaluate(*conditional.condition);
  if (!condition) return condition;
  if (!condition->is_boolean()) {
    return fault(Code::type_mismatch,
                 conditional.condition->place,
                 "a condition must be a boolean, got " + describe(*condition));
  }
  return evaluate(condition->as_boolean() ? *conditional.yes : *conditional.no);
}

Outcome Evaluator::visit(const Node&, const Fallback& fallback) {
  Outcome value = evaluate_leniently(*fallback.value, fallback.absence);
  if (!value || !value->is_null()) return value;
  return evaluate(*fallback.otherwise);
}

Outcome Evaluator::visit(const Node& node, const Path& form) {
  return path(node, form, Absence::is_error);
}

Outcome Evaluator::visit(const Node&, const Let& let) {
  GOFLOW_TRY(locals_[let.slot], evaluate(*let.value));
  return evaluate(*let.body);
}

Outcome Evaluator::visit(const Node&, const FunctionCall& call) {
  std::vector<Value> arguments;
  arguments.reserve(call.arguments.size());
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    if (call.function->parameter(i).is_closure()) {
      arguments.emplace_back();
      continue;
    }
    GOFLOW_TRY(Value value, evaluate(*call.arguments[i]));
    arguments.push_back(std::move(value));
  }
  GOFLOW_TRY(check_arguments(call, arguments));
  Call view(*this, call, std::move(arguments));
  return call.function->function(view);
}

Outcome Evaluator::name(const Node& node, const Name& form, Absence absence) {
  Binding binding = environment_.lookup(form.name);
  if (binding.presence == Presence::present) return std::move(binding.value);
  if (binding.presence == Presence::unknown) {
    if (absence == Absence::or_unknown_name) return Value();
    return unknown_name(node, form);
  }
  if (absence != Absence::is_error) return Value();
  return fault(Code::no_value,
               node.place,
               "'" + form.name + "' has no value yet",
               "if it may be absent: " + form.name + " ?? …");
}

Outcome Evaluator::path(const Node& node, const Path& form, Absence absence) {
  // `x?.f` asks whether x has a value; what is missing further along stays an error.
  const bool lenient_root = absence == Absence::is_error && form.accesses.front().optional &&
                            std::holds_alternative<Name>(form.root->form);
  GOFLOW_TRY(Value value,
             evaluate_leniently(*form.root, lenient_root ? Absence::is_null : absence));
  for (const Access& access : form.accesses) {
    GOFLOW_TRY(budget_.spend(1, access.place));
    const Step step{access, node, absence != Absence::is_error || access.optional};
    const auto take = [&](const auto& way) { return reach(value, way, step); };
    GOFLOW_TRY(std::optional<Value> next, std::visit(take, access.way));
    if (!next) return Value();
    value = std::move(*next);
  }
  return value;
}

Evaluator::Reached Evaluator::reach(const Value& from, const std::string& word, const Step& step) {
  GOFLOW_TRY(const Value* found, find_member(from, word, step.access.place));
  if (found != nullptr) return Reached(*found);
  if (step.lenient) return Reached(std::nullopt);
  return absent_member(from, word, wording(step));
}

Evaluator::Reached Evaluator::reach(const Value& from, const NodePtr& index, const Step& step) {
  GOFLOW_TRY(const Value key, evaluate(*index));
  GOFLOW_TRY(const Value* found, find_element(from, key, step.access.place));
  if (found != nullptr) return Reached(*found);
  if (step.lenient) return Reached(std::nullopt);
  return absent_element(from, key, wording(step));
}

Evaluator::Reached Evaluator::reach(const Value& from, const Slice& bounds, const Step& step) {
  GOFLOW_TRY(const auto begin, bound(bounds.from));
  GOFLOW_TRY(const auto end, bound(bounds.to));
  if (from.is_null() && step.lenient) return Reached(std::nullopt);
  if (from.is_null()) return null_access(wording(step));
  GOFLOW_TRY(Value part, slice(from, {begin, end}, step.access.place, budget_));
  return Reached(std::move(part));
}

Result<std::optional<std::int64_t>, ExpressionError> Evaluator::bound(const NodePtr& node) {
  if (node == nullptr) return std::optional<std::int64_t>();
  GOFLOW_TRY(const Value value, evaluate(*node));
  const auto whole = whole_number(value);
  if (whole) return whole;
  return fault(Code::type_mismatch,
               node->place,
               "the bounds of a slice must be whole numbers, got " + describe(value));
}

Wording Evaluator::wording(const Step& step) const {
  const std::string_view text = tree_.text;
  const Place place = step.access.place;
  std::string_view origin =
      text.substr(step.path.place.begin, step.access.begin - step.path.place.begin);
  if (origin.empty()) origin = "#";
  const std::string_view asked = text.substr(place.begin, place.end - place.begin);
  const bool is_word = std::holds_alternative<std::string>(step.access.way);
  const std::string way = is_word ? std::string(asked) : "[" + std::string(asked) + "]";
  return Wording{place, origin, std::string(origin) + "?." + way};
}

Outcome Evaluator::short_circuit(const Binary& binary) {
  Outcome left = operand_of_logic(binary, *binary.left);
  if (!left || left->as_boolean() == (binary.op == BinaryOperator::either)) return left;
  return operand_of_logic(binary, *binary.right);
}

Outcome Evaluator::operand_of_logic(const Binary& binary, const Node& operand) {
  Outcome value = evaluate(operand);
  if (!value || value->is_boolean()) return value;
  return fault(
      Code::type_mismatch,
      operand.place,
      "'" + std::string(to_string(binary.op)) + "' needs two booleans, got " + describe(*value));
}

Check Evaluator::check_arguments(const FunctionCall& call,
                                 const std::vector<Value>& arguments) const {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Parameter parameter = call.function->parameter(i);
    if (parameter.is_closure() || accepts(parameter.takes, arguments[i])) continue;
    const Node& node = *call.arguments[i];
    return mismatch(*call.function,
                    {i, describe(arguments[i]), source(node), arguments[i].kind(), node.place});
  }
  return {};
}

Side Evaluator::side(const Node& node, const Value& value) const {
  return Side{describe(value), source(node), value.kind()};
}

std::string_view Evaluator::source(const Node& node) const {
  return std::string_view(tree_.text).substr(node.place.begin, node.place.end - node.place.begin);
}

ExpressionError Evaluator::unknown_name(const Node& node, const Name& form) const {
  const std::vector<std::string> names = environment_.names();
  std::string hint = did_you_mean(form.name, names);
  if (!names.empty()) hint = join_hints(std::move(hint), "names: " + some_of(names));
  return fault(
      Code::unknown_name, node.place, "undefined variable '" + form.name + "'", std::move(hint));
}

}  // namespace goflow::core::expression
