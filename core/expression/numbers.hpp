// Arithmetic that never wraps, never yields infinity, and compares ints with floats exactly.
#pragma once

#include "core/expression/fault.hpp"
#include "core/value/value.hpp"

#include <compare>
#include <cstdint>
#include <optional>

namespace goflow::core::expression {

// All operands below are numbers.
Outcome add(const Value& left, const Value& right, Place place);
Outcome subtract(const Value& left, const Value& right, Place place);
Outcome multiply(const Value& left, const Value& right, Place place);
Outcome divide(const Value& left, const Value& right, Place place);
Outcome remainder(const Value& left, const Value& right, Place place);
Outcome power(const Value& left, const Value& right, Place place);
Outcome negate(const Value& operand, Place place);

/// By exact mathematical value.
std::strong_ordering compare_numbers(const Value& left, const Value& right);

/// The float, unless it is infinite or not a number.
Outcome finite(double number, Place place);
/// Towards zero; nullopt: beyond 64 bits.
std::optional<std::int64_t> truncated(double number);
/// An int, or a float without fraction. nullopt: any other value.
std::optional<std::int64_t> whole_number(const Value& value);

}  // namespace goflow::core::expression
