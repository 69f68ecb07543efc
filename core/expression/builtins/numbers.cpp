// Functions of numbers.
#include "core/expression/numbers.hpp"

#include "core/expression/builtins/builtin.hpp"
#include "core/expression/call.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>
#include <utility>

namespace goflow::core::expression {
namespace {

Outcome absolute(Call& call) {
  const Value& number = call.value(0);
  if (number.is_float()) return Value(std::fabs(number.as_float()));
  return number.as_integer() < 0 ? negate(number, call.place(0)) : Outcome(number);
}

Outcome rounded(Call& call, double (*round_to)(double)) {
  const Value& number = call.value(0);
  if (number.is_integer()) return number;
  const auto whole = truncated(round_to(number.as_float()));
  if (whole) return Value(*whole);
  return fault(
      Code::overflow, call.place(0), describe(number) + " is beyond the 64 bits of an int");
}

Outcome ceiling(Call& call) {
  return rounded(call, std::ceil);
}

Outcome floor(Call& call) {
  return rounded(call, std::floor);
}

Outcome round(Call& call) {
  return rounded(call, std::round);
}

/// The arguments themselves, or the elements of the one array given; all of them are numbers.
Result<Array, ExpressionError> numbers_of(Call& call) {
  const bool one_array = call.size() == 1 && call.value(0).is_array();
  const Array& items = one_array ? call.array(0) : call.arguments();
  GOFLOW_TRY(call.touch(items.size()));
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].is_number()) continue;
    return fault(Code::type_mismatch,
                 call.place(one_array ? 0 : i),
                 "numbers are needed, got " + describe(items[i]));
  }
  if (items.empty()) return call.bad_argument(0, "there are no numbers in the array");
  return items;
}

bool is_less(const Value& left, const Value& right) {
  return compare_numbers(left, right) < 0;
}

Outcome maximum(Call& call) {
  GOFLOW_TRY(const Array items, numbers_of(call));
  return *std::max_element(items.begin(), items.end(), is_less);
}

Outcome minimum(Call& call) {
  GOFLOW_TRY(const Array items, numbers_of(call));
  return *std::min_element(items.begin(), items.end(), is_less);
}

Outcome mean(Call& call) {
  GOFLOW_TRY(const Array items, numbers_of(call));
  double sum = 0;
  for (const Value& item : items) {
    sum += item.as_number();
  }
  return finite(sum / static_cast<double>(items.size()), call.place());
}

Outcome median(Call& call) {
  GOFLOW_TRY(Array items, numbers_of(call));
  std::sort(items.begin(), items.end(), is_less);
  const std::size_t middle = items.size() / 2;
  const double upper = items[middle].as_number();
  if (items.size() % 2 == 1) return Value(upper);
  // Halved first: the sum of two large numbers may be no number any more.
  return Value(items[middle - 1].as_number() / 2 + upper / 2);
}

Outcome sum(Call& call) {
  const Array& items = call.array(0);
  GOFLOW_TRY(call.touch(items.size()));
  Value total(0);
  for (std::size_t i = 0; i < items.size(); ++i) {
    GOFLOW_TRY(const Value item, call.has(1) ? call.apply(items[i], i) : Outcome(items[i]));
    if (!item.is_number()) {
      return fault(Code::type_mismatch,
                   call.place(call.has(1) ? 1 : 0),
                   "'sum' needs numbers, got " + describe(item));
    }
    GOFLOW_TRY(total, add(total, item, call.place()));
  }
  return total;
}

/// "-0.00" is what rounding leaves of a small negative number.
std::string without_negative_zero(const std::string& text) {
  const bool zero = text.find_first_not_of("-0.") == std::string::npos;
  return zero && text.starts_with('-') ? text.substr(1) : text;
}

Outcome format_number(Call& call) {
  const Value& number = call.value(0);
  const std::int64_t decimals = call.whole(1);
  if (decimals < 0 || decimals > 20) {
    return call.bad_argument(1, "the number of decimals must be from 0 to 20");
  }
  if (number.is_integer()) {
    std::string digits = std::to_string(number.as_integer());
    if (decimals > 0) digits += "." + std::string(static_cast<std::size_t>(decimals), '0');
    return Value(std::move(digits));
  }
  std::array<char, 400> digits{};
  const auto end = std::to_chars(digits.data(),
                                 digits.data() + digits.size(),
                                 number.as_float(),
                                 std::chars_format::fixed,
                                 static_cast<int>(decimals))
                       .ptr;
  return Value(without_negative_zero(std::string(digits.data(), end)));
}

Outcome bit_and(Call& call) {
  return Value(call.whole(0) & call.whole(1));
}

Outcome bit_or(Call& call) {
  return Value(call.whole(0) | call.whole(1));
}

Outcome bit_xor(Call& call) {
  return Value(call.whole(0) ^ call.whole(1));
}

/// And-not, as in expr-lang, whatever the name says.
Outcome bit_nand(Call& call) {
  return Value(call.whole(0) & ~call.whole(1));
}

Outcome bit_not(Call& call) {
  return Value(~call.whole(0));
}

Result<int, ExpressionError> shift_distance(Call& call) {
  const std::int64_t distance = call.whole(1);
  if (distance >= 0 && distance <= 63) return static_cast<int>(distance);
  return call.bad_argument(1, "the distance of a shift must be from 0 to 63");
}

Outcome shift_left(Call& call) {
  GOFLOW_TRY(const int distance, shift_distance(call));
  return Value(static_cast<std::int64_t>(static_cast<std::uint64_t>(call.whole(0)) << distance));
}

Outcome shift_right(Call& call) {
  GOFLOW_TRY(const int distance, shift_distance(call));
  return Value(call.whole(0) >> distance);
}

Outcome shift_right_logically(Call& call) {
  GOFLOW_TRY(const int distance, shift_distance(call));
  return Value(static_cast<std::int64_t>(static_cast<std::uint64_t>(call.whole(0)) >> distance));
}

constexpr Parameter number = required(Takes::number);
constexpr Parameter whole = required(Takes::whole_number);
constexpr Parameter first = required(Takes::numbers_or_array);
constexpr Parameter more = repeated(Takes::number);

constexpr std::array<Builtin, 18> table{{
    {"abs(number)", "without its sign", {number}, numbers, absolute},
    {"ceil(number)", "the next whole number upwards", {number}, Kind::integer, ceiling},
    {"floor(number)", "the next whole number downwards", {number}, Kind::integer, floor},
    {"round(number)",
     "the nearest whole number, halves away from zero",
     {number},
     Kind::integer,
     round},
    {"max(array) or max(number, …)", "the largest of the numbers", {first, more}, numbers, maximum},
    {"min(array) or min(number, …)",
     "the smallest of the numbers",
     {first, more},
     numbers,
     minimum},
    {"mean(array) or mean(number, …)", "the sum by the count", {first, more}, Kind::floating, mean},
    {"median(array) or median(number, …)",
     "the middle one, or the mean of the two in the middle",
     {first, more},
     Kind::floating,
     median},
    {"sum(array[, expression])",
     "of the numbers, or of what the expression makes of the elements; 0 when there is none",
     {required(Takes::array), optional(Takes::closure)},
     numbers,
     sum},
    {"formatNumber(number, decimals)",
     "with so many decimals, from 0 to 20, exactly rounded and without grouping",
     {number, whole},
     Kind::text,
     format_number},
    {"bitand(a, b)", "the bits that both have", {whole, whole}, Kind::integer, bit_and},
    {"bitor(a, b)", "the bits that either has", {whole, whole}, Kind::integer, bit_or},
    {"bitxor(a, b)", "the bits that only one has", {whole, whole}, Kind::integer, bit_xor},
    {"bitnand(a, b)", "the bits that not both have", {whole, whole}, Kind::integer, bit_nand},
    {"bitnot(a)", "every bit turned over", {whole}, Kind::integer, bit_not},
    {"bitshl(a, distance)",
     "the bits moved to the left, by 0 to 63",
     {whole, whole},
     Kind::integer,
     shift_left},
    {"bitshr(a, distance)",
     "the bits moved to the right; the sign stays",
     {whole, whole},
     Kind::integer,
     shift_right},
    {"bitushr(a, distance)",
     "the bits moved to the right; zeros come in from the left",
     {whole, whole},
     Kind::integer,
     shift_right_logically},
}};

}  // namespace

std::span<const Builtin> number_builtins() {
  return table;
}

}  // namespace goflow::core::expression
