#include "core/expression/numbers.hpp"

#include <cmath>
#include <string>

namespace goflow::core::expression {
namespace {

bool both_integers(const Value& left, const Value& right) {
  return left.is_integer() && right.is_integer();
}

ExpressionError integer_overflow(Place place) {
  return fault(Code::overflow,
               place,
               "the result is beyond the 64 bits of an int",
               "float(x) makes a number that may be larger");
}

ExpressionError by_zero(Place place) {
  return fault(Code::division_by_zero, place, "division by zero");
}

std::strong_ordering compare_mixed(std::int64_t integer, double floating) {
  const auto whole = truncated(floating);
  if (!whole) return floating > 0 ? std::strong_ordering::less : std::strong_ordering::greater;
  if (*whole != integer) return integer <=> *whole;
  const double fraction = floating - std::trunc(floating);
  if (fraction == 0) return std::strong_ordering::equal;
  return fraction > 0 ? std::strong_ordering::less : std::strong_ordering::greater;
}

std::strong_ordering compare_floats(double left, double right) {
  if (left == right) return std::strong_ordering::equal;
  return left < right ? std::strong_ordering::less : std::strong_ordering::greater;
}

/// By squaring; the exponent is not negative.
std::optional<std::int64_t> integer_power(std::int64_t base, std::int64_t exponent) {
  std::int64_t result = 1;
  while (true) {
    if (exponent % 2 != 0 && __builtin_mul_overflow(result, base, &result)) return std::nullopt;
    exponent /= 2;
    if (exponent == 0) return result;
    if (__builtin_mul_overflow(base, base, &base)) return std::nullopt;
  }
}

}  // namespace

Outcome add(const Value& left, const Value& right, Place place) {
  if (!both_integers(left, right)) return finite(left.as_number() + right.as_number(), place);
  std::int64_t sum = 0;
  if (__builtin_add_overflow(left.as_integer(), right.as_integer(), &sum)) {
    return integer_overflow(place);
  }
  return Value(sum);
}

Outcome subtract(const Value& left, const Value& right, Place place) {
  if (!both_integers(left, right)) return finite(left.as_number() - right.as_number(), place);
  std::int64_t difference = 0;
  if (__builtin_sub_overflow(left.as_integer(), right.as_integer(), &difference)) {
    return integer_overflow(place);
  }
  return Value(difference);
}

Outcome multiply(const Value& left, const Value& right, Place place) {
  if (!both_integers(left, right)) return finite(left.as_number() * right.as_number(), place);
  std::int64_t product = 0;
  if (__builtin_mul_overflow(left.as_integer(), right.as_integer(), &product)) {
    return integer_overflow(place);
  }
  return Value(product);
}

Outcome divide(const Value& left, const Value& right, Place place) {
  if (right.as_number() == 0) return by_zero(place);
  return finite(left.as_number() / right.as_number(), place);
}

Outcome remainder(const Value& left, const Value& right, Place place) {
  const auto dividend = whole_number(left);
  const auto divisor = whole_number(right);
  if (!dividend || !divisor) {
    return fault(Code::type_mismatch,
                 place,
                 "'%' needs two whole numbers, got " + describe(left) + " and " + describe(right));
  }
  if (*divisor == 0) return by_zero(place);
  // The smallest int has no positive twin, which the processor would compute on the way.
  return *divisor == -1 ? Value(0) : Value(*dividend % *divisor);
}

Outcome power(const Value& left, const Value& right, Place place) {
  if (!both_integers(left, right) || right.as_integer() < 0) {
    return finite(std::pow(left.as_number(), right.as_number()), place);
  }
  const auto result = integer_power(left.as_integer(), right.as_integer());
  if (!result) return integer_overflow(place);
  return Value(*result);
}

Outcome negate(const Value& operand, Place place) {
  if (operand.is_float()) return Value(-operand.as_float());
  return subtract(Value(0), operand, place);
}

std::strong_ordering compare_numbers(const Value& left, const Value& right) {
  if (both_integers(left, right)) return left.as_integer() <=> right.as_integer();
  if (left.is_integer()) return compare_mixed(left.as_integer(), right.as_float());
  if (right.is_integer()) return 0 <=> compare_mixed(right.as_integer(), left.as_float());
  return compare_floats(left.as_float(), right.as_float());
}

Outcome finite(double number, Place place) {
  if (std::isfinite(number)) return Value(number);
  return fault(Code::overflow, place, "the result is not a finite number");
}

std::optional<std::int64_t> truncated(double number) {
  constexpr double two_to_63 = 9223372036854775808.0;
  const bool fits = number >= -two_to_63 && number < two_to_63;
  if (!fits) return std::nullopt;
  return static_cast<std::int64_t>(number);
}

std::optional<std::int64_t> whole_number(const Value& value) {
  if (value.is_integer()) return value.as_integer();
  if (!value.is_float() || std::trunc(value.as_float()) != value.as_float()) return std::nullopt;
  return truncated(value.as_float());
}

}  // namespace goflow::core::expression
