// The operators: which operands they take, and what they make of them.
#pragma once

#include "core/expression/fault.hpp"
#include "core/expression/kind_set.hpp"
#include "core/expression/pattern.hpp"
#include "core/value/value.hpp"

#include <compare>
#include <string>
#include <string_view>

namespace goflow::core::expression {

class Budget;

enum class UnaryOperator { negative, positive, negation };

enum class BinaryOperator {
  either,  // or
  both,    // and
  equal,
  unequal,
  less,
  less_or_equal,
  greater,
  greater_or_equal,
  in,
  contains,
  starts_with,
  ends_with,
  matches,
  range,
  add,
  subtract,
  multiply,
  divide,
  remainder,
  power,
};

std::string_view to_string(UnaryOperator op);
std::string_view to_string(BinaryOperator op);

/// Whether operands of these kinds may fit: certain of single kinds, a guess of several.
bool accepts(UnaryOperator op, KindSet operand);
bool accepts(BinaryOperator op, KindSet left, KindSet right);
/// What the operator may yield when it accepts its operands.
KindSet result_kinds(UnaryOperator op, KindSet operand);
KindSet result_kinds(BinaryOperator op, KindSet left, KindSet right);

/// One side of an operator that does not fit: how it is called, and its source.
struct Side {
  std::string description;
  std::string_view source;
  KindSet kinds;
};
ExpressionError mismatch(UnaryOperator op, const Side& operand, Place sign);
ExpressionError mismatch(BinaryOperator op, const Side& left, const Side& right, Place sign);

/// The operand fits.
Outcome apply(UnaryOperator op, const Value& operand, Place sign);
/// What binary operators use up, and what they remember.
struct Means {
  Budget& budget;
  RecentPattern& pattern;
};
/// The operands fit.
Outcome apply(BinaryOperator op, const Value& left, const Value& right, Place sign, Means means);

ExpressionError bad_pattern(const std::string& reason, Place place);

/// Of two numbers or two texts, the latter by code points.
std::strong_ordering compare(const Value& left, const Value& right);

}  // namespace goflow::core::expression
