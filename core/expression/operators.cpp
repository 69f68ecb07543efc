#include "core/expression/operators.hpp"

#include "core/expression/budget.hpp"
#include "core/expression/numbers.hpp"
#include "core/expression/pattern.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace goflow::core::expression {
namespace {

enum class Operands { any, booleans, numbers, ordered, texts, member };

struct Rule {
  std::string_view spelling;
  Operands operands;
  std::string_view needs;
};

constexpr std::string_view two_booleans = "two booleans";
constexpr std::string_view two_numbers = "two numbers";
constexpr std::string_view two_texts = "two texts";
constexpr std::string_view two_alike = "two numbers or two texts";

// In the order of BinaryOperator.
constexpr std::array<Rule, 20> rules{{
    {"or", Operands::booleans, two_booleans},
    {"and", Operands::booleans, two_booleans},
    {"==", Operands::any, ""},
    {"!=", Operands::any, ""},
    {"<", Operands::ordered, two_alike},
    {"<=", Operands::ordered, two_alike},
    {">", Operands::ordered, two_alike},
    {">=", Operands::ordered, two_alike},
    {"in", Operands::member, "a value and an array, or a text and an object"},
    {"contains", Operands::texts, two_texts},
    {"startsWith", Operands::texts, two_texts},
    {"endsWith", Operands::texts, two_texts},
    {"matches", Operands::texts, "a text and a pattern"},
    {"..", Operands::numbers, "two whole numbers"},
    {"+", Operands::ordered, two_alike},
    {"-", Operands::numbers, two_numbers},
    {"*", Operands::numbers, two_numbers},
    {"/", Operands::numbers, two_numbers},
    {"%", Operands::numbers, "two whole numbers"},
    {"**", Operands::numbers, two_numbers},
}};

const Rule& rule_of(BinaryOperator op) {
  return rules.at(static_cast<std::size_t>(op));
}

bool both_meet(KindSet left, KindSet right, KindSet kinds) {
  return left.meets(kinds) && right.meets(kinds);
}

/// What one may write instead; empty when nothing is obvious.
std::string hint_for(BinaryOperator op, const Side& left, const Side& right) {
  constexpr KindSet unprintable = any_kind.without(numbers | Kind::boolean);
  const std::string left_source(left.source);
  const std::string right_source(right.source);
  if (op == BinaryOperator::add && left.kinds == Kind::text && !right.kinds.meets(unprintable)) {
    return "string(" + right_source + ") makes it text";
  }
  if (op == BinaryOperator::add && right.kinds == Kind::text && !left.kinds.meets(unprintable)) {
    return "string(" + left_source + ") makes it text";
  }
  if (op == BinaryOperator::in && right.kinds == Kind::text) {
    return "a part of a text: " + right_source + " contains " + left_source;
  }
  if (op == BinaryOperator::contains && left.kinds == Kind::array) {
    return "an element of an array: " + right_source + " in " + left_source;
  }
  return {};
}

Outcome range(const Value& left, const Value& right, Place sign, Budget& budget) {
  constexpr std::uint64_t longest = 1'000'000;
  const auto from = whole_number(left);
  const auto to = whole_number(right);
  if (!from || !to) {
    return mismatch(BinaryOperator::range,
                    {describe(left), {}, left.kind()},
                    {describe(right), {}, right.kind()},
                    sign);
  }
  if (*to < *from) return Value(Array());
  // Unsigned: the distance of two ints may need 64 bits without a sign.
  const std::uint64_t last = static_cast<std::uint64_t>(*to) - static_cast<std::uint64_t>(*from);
  if (last >= longest) return fault(Code::limit, sign, "the range has more than 1000000 elements");
  GOFLOW_TRY(budget.produce((last + 1) * sizeof(Value), sign));
  Array items;
  items.reserve(last + 1);
  for (std::uint64_t i = 0; i <= last; ++i) {
    items.emplace_back(*from + static_cast<std::int64_t>(i));
  }
  return Value(std::move(items));
}

Outcome matches(const std::string& text,
                const std::string& pattern,
                Place sign,
                RecentPattern& recent) {
  const auto compiled = recent.compile(pattern);
  if (!compiled) return bad_pattern(compiled.error(), sign);
  return Value(compiled->found_in(text));
}

Outcome joined(const std::string& left, const std::string& right, Place sign, Budget& budget) {
  GOFLOW_TRY(budget.produce(left.size() + right.size(), sign));
  return Value(left + right);
}

Outcome is_member(const Value& left, const Value& right, Place sign, Budget& budget) {
  if (right.is_object()) return Value(right.as_object().contains(left.as_text()));
  GOFLOW_TRY(budget.walk(left, sign));
  GOFLOW_TRY(budget.walk(right, sign));
  const Array& items = right.as_array();
  GOFLOW_TRY(budget.spend(items.size(), sign));
  return Value(std::find(items.begin(), items.end(), left) != items.end());
}

Outcome are_equal(const Value& left, const Value& right, Place sign, Budget& budget) {
  GOFLOW_TRY(budget.walk(left, sign));
  GOFLOW_TRY(budget.walk(right, sign));
  return Value(left == right);
}

}  // namespace

std::string_view to_string(UnaryOperator op) {
  switch (op) {
    case UnaryOperator::negative:
      return "-";
    case UnaryOperator::positive:
      return "+";
    case UnaryOperator::negation:
      return "not";
  }
  return "";
}

std::string_view to_string(BinaryOperator op) {
  return rule_of(op).spelling;
}

bool accepts(UnaryOperator op, KindSet operand) {
  return operand.meets(op == UnaryOperator::negation ? KindSet(Kind::boolean) : numbers);
}

bool accepts(BinaryOperator op, KindSet left, KindSet right) {
  switch (rule_of(op).operands) {
    case Operands::any:
      return true;
    case Operands::booleans:
      return both_meet(left, right, Kind::boolean);
    case Operands::numbers:
      return both_meet(left, right, numbers);
    case Operands::ordered:
      return both_meet(left, right, numbers) || both_meet(left, right, Kind::text);
    case Operands::texts:
      return both_meet(left, right, Kind::text);
    case Operands::member:
      return right.has(Kind::array) || (right.has(Kind::object) && left.has(Kind::text));
  }
  return false;
}

KindSet result_kinds(UnaryOperator op, KindSet operand) {
  return op == UnaryOperator::negation ? KindSet(Kind::boolean) : operand & numbers;
}

KindSet result_kinds(BinaryOperator op, KindSet left, KindSet right) {
  if (op < BinaryOperator::range) return Kind::boolean;
  if (op == BinaryOperator::range) return Kind::array;
  if (op == BinaryOperator::divide) return Kind::floating;
  if (op == BinaryOperator::remainder) return Kind::integer;
  KindSet kinds;
  if (left.has(Kind::integer) && right.has(Kind::integer)) kinds = kinds | Kind::integer;
  const bool one_float = left.has(Kind::floating) || right.has(Kind::floating);
  // An int to the power of a negative one is a float.
  if (one_float || op == BinaryOperator::power) kinds = kinds | Kind::floating;
  if (op == BinaryOperator::add && both_meet(left, right, Kind::text)) kinds = kinds | Kind::text;
  return kinds;
}

ExpressionError mismatch(UnaryOperator op, const Side& operand, Place sign) {
  const std::string_view needs = op == UnaryOperator::negation ? "a boolean" : "a number";
  return fault(Code::type_mismatch,
               sign,
               "'" + std::string(to_string(op)) + "' needs " + std::string(needs) + ", got " +
                   operand.description);
}

ExpressionError mismatch(BinaryOperator op, const Side& left, const Side& right, Place sign) {
  const Rule& rule = rule_of(op);
  return fault(Code::type_mismatch,
               sign,
               "'" + std::string(rule.spelling) + "' needs " + std::string(rule.needs) + ", got " +
                   left.description + " and " + right.description,
               hint_for(op, left, right));
}

Outcome apply(UnaryOperator op, const Value& operand, Place sign) {
  switch (op) {
    case UnaryOperator::negative:
      return negate(operand, sign);
    case UnaryOperator::positive:
      return operand;
    case UnaryOperator::negation:
      return Value(!operand.as_boolean());
  }
  return operand;
}

Outcome apply(BinaryOperator op, const Value& left, const Value& right, Place sign, Means means) {
  Budget& budget = means.budget;
  switch (op) {
    case BinaryOperator::either:
      return Value(left.as_boolean() || right.as_boolean());
    case BinaryOperator::both:
      return Value(left.as_boolean() && right.as_boolean());
    case BinaryOperator::equal:
      return are_equal(left, right, sign, budget);
    case BinaryOperator::unequal: {
      GOFLOW_TRY(const Value equal, are_equal(left, right, sign, budget));
      return Value(!equal.as_boolean());
    }
    case BinaryOperator::less:
      return Value(compare(left, right) < 0);
    case BinaryOperator::less_or_equal:
      return Value(compare(left, right) <= 0);
    case BinaryOperator::greater:
      return Value(compare(left, right) > 0);
    case BinaryOperator::greater_or_equal:
      return Value(compare(left, right) >= 0);
    case BinaryOperator::in:
      return is_member(left, right, sign, budget);
    case BinaryOperator::contains:
      return Value(left.as_text().find(right.as_text()) != std::string::npos);
    case BinaryOperator::starts_with:
      return Value(left.as_text().starts_with(right.as_text()));
    case BinaryOperator::ends_with:
      return Value(left.as_text().ends_with(right.as_text()));
    case BinaryOperator::matches:
      return matches(left.as_text(), right.as_text(), sign, means.pattern);
    case BinaryOperator::range:
      return range(left, right, sign, budget);
    case BinaryOperator::add:
      return left.is_text() ? joined(left.as_text(), right.as_text(), sign, budget)
                            : add(left, right, sign);
    case BinaryOperator::subtract:
      return subtract(left, right, sign);
    case BinaryOperator::multiply:
      return multiply(left, right, sign);
    case BinaryOperator::divide:
      return divide(left, right, sign);
    case BinaryOperator::remainder:
      return remainder(left, right, sign);
    case BinaryOperator::power:
      return power(left, right, sign);
  }
  return Value();
}

ExpressionError bad_pattern(const std::string& reason, Place place) {
  return fault(Code::bad_argument, place, "bad pattern: " + reason);
}

std::strong_ordering compare(const Value& left, const Value& right) {
  if (left.is_text()) return left.as_text().compare(right.as_text()) <=> 0;
  return compare_numbers(left, right);
}

}  // namespace goflow::core::expression
