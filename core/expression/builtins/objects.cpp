// Functions of objects, and from one kind of value to another.
#include "core/base/base64.hpp"
#include "core/base/utf8.hpp"
#include "core/expression/access.hpp"
#include "core/expression/builtins/builtin.hpp"
#include "core/expression/call.hpp"
#include "core/expression/literal.hpp"
#include "core/expression/numbers.hpp"
#include "core/value/json.hpp"

#include <charconv>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

namespace goflow::core::expression {
namespace {

Outcome keys(Call& call) {
  GOFLOW_TRY(call.touch(call.object(0).size()));
  Array names;
  for (const auto& [key, value] : call.object(0)) {
    names.emplace_back(key);
  }
  return Value(std::move(names));
}

Outcome values(Call& call) {
  GOFLOW_TRY(call.touch(call.object(0).size()));
  Array members;
  for (const auto& [key, value] : call.object(0)) {
    members.push_back(value);
  }
  return Value(std::move(members));
}

Outcome to_pairs(Call& call) {
  GOFLOW_TRY(call.touch(call.object(0).size()));
  Array pairs;
  for (const auto& [key, value] : call.object(0)) {
    pairs.emplace_back(Array{key, value});
  }
  return Value(std::move(pairs));
}

Outcome from_pairs(Call& call) {
  GOFLOW_TRY(call.touch(call.array(0).size()));
  Object members;
  for (const Value& pair : call.array(0)) {
    const bool fits =
        pair.is_array() && pair.as_array().size() == 2 && pair.as_array()[0].is_text();
    if (!fits) return call.bad_argument(0, "a pair is [text, value], got " + describe(pair));
    members.set(pair.as_array()[0].as_text(), pair.as_array()[1]);
  }
  return Value(std::move(members));
}

Outcome get(Call& call) {
  GOFLOW_TRY(const Value* found, find_element(call.value(0), call.value(1), call.place(1)));
  return found == nullptr ? Value() : *found;
}

Outcome type(Call& call) {
  switch (call.value(0).kind()) {
    case Kind::null:
      return Value("nil");
    case Kind::boolean:
      return Value("bool");
    case Kind::object:
      return Value("map");
    default:
      return Value(to_string(call.value(0).kind()));
  }
}

ExpressionError no_number(const Call& call) {
  return call.bad_argument(0, describe(call.value(0)) + " is not a number");
}

ExpressionError beyond_64_bits(const Call& call) {
  return fault(
      Code::overflow, call.place(0), describe(call.value(0)) + " is beyond the 64 bits of an int");
}

/// The sign at the front, taken off.
bool take_minus(std::string_view& text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  return negative;
}

Outcome integer_of_text(Call& call) {
  std::string_view digits = call.text(0);
  const bool negative = take_minus(digits);
  constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  const auto magnitude = read_magnitude(digits);
  if (!magnitude) return is_integer_text(digits) ? beyond_64_bits(call) : no_number(call);
  if (*magnitude > most + (negative ? 1 : 0)) return beyond_64_bits(call);
  return Value(static_cast<std::int64_t>(negative ? 0 - *magnitude : *magnitude));
}

Outcome to_integer(Call& call) {
  const Value& value = call.value(0);
  if (value.is_text()) return integer_of_text(call);
  if (value.is_integer()) return value;
  const auto whole = truncated(value.as_float());
  return whole ? Outcome(*whole) : beyond_64_bits(call);
}

Outcome to_float(Call& call) {
  const Value& value = call.value(0);
  if (value.is_number()) return Value(value.as_number());
  std::string_view digits = value.as_text();
  const bool negative = take_minus(digits);
  double number = 0;
  const char* const end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, number);
  const bool read = !digits.starts_with('-') && stop == end && error == std::errc();
  if (!read || !std::isfinite(number)) return no_number(call);
  return Value(negative ? -number : number);
}

Outcome to_string(Call& call) {
  GOFLOW_TRY(call.walk(call.value(0)));
  return Value(to_text(call.value(0)));
}

Outcome to_json_text(Call& call) {
  const std::int64_t indent = call.has(1) ? call.whole(1) : 0;
  if (indent < 0 || indent > 8) return call.bad_argument(1, "the indent must be from 0 to 8");
  GOFLOW_TRY(call.walk(call.value(0)));
  std::string json = indent == 0 ? to_json(call.value(0))
                                 : to_indented_json(call.value(0), static_cast<int>(indent));
  GOFLOW_TRY(call.produce(json.size()));
  return Value(std::move(json));
}

Outcome from_json(Call& call) {
  GOFLOW_TRY(call.produce(call.text(0).size()));
  auto value = parse_json(call.text(0));
  if (!value) return call.bad_argument(0, std::move(value).error().message);
  return *std::move(value);
}

Outcome to_base64(Call& call) {
  GOFLOW_TRY(call.produce(call.text(0).size() / 3 * 4));
  return Value(encode_base64(call.text(0)));
}

Outcome from_base64(Call& call) {
  GOFLOW_TRY(call.produce(call.text(0).size()));
  auto bytes = decode_base64(call.text(0));
  if (!bytes) return call.bad_argument(0, describe(call.value(0)) + " is not base64");
  if (utf8::first_invalid(*bytes)) return call.bad_argument(0, "what is encoded is not UTF-8 text");
  return Value(*std::move(bytes));
}

constexpr Parameter object = required(Takes::object);
constexpr Parameter text = required(Takes::text);
constexpr Parameter number_or_text = required(Takes::number_or_text);
constexpr Parameter anything = required(Takes::anything);

constexpr std::array<Builtin, 13> table{{
    {"keys(object)",
     "the names of the members, in the order of the object",
     {object},
     Kind::array,
     keys},
    {"values(object)", "the members, in the order of the object", {object}, Kind::array, values},
    {"toPairs(object)", "an array of [key, value]", {object}, Kind::array, to_pairs},
    {"fromPairs(array)",
     "an object from an array of [key, value]",
     {required(Takes::array)},
     Kind::object,
     from_pairs},
    {"get(value, key)",
     "the member or element, null when there is none",
     {anything, anything},
     any_kind,
     get},
    {"type(value)", "nil, bool, int, float, string, array or map", {anything}, Kind::text, type},
    {"int(value)",
     "a whole number from a number, cut off towards zero, or from a text such as 12, 0x1F or 0b1",
     {number_or_text},
     Kind::integer,
     to_integer},
    {"float(value)",
     "a number with a fraction, from a number or a text",
     {number_or_text},
     Kind::floating,
     to_float},
    {"string(value)",
     "the text form: what a placeholder in a text shows",
     {anything},
     Kind::text,
     to_string},
    {"toJSON(value[, indent])",
     "as JSON text, indented by 0 to 8 spaces",
     {anything, optional(Takes::whole_number)},
     Kind::text,
     to_json_text},
    {"fromJSON(text)", "the value of a JSON text", {text}, any_kind, from_json},
    {"toBase64(text)", "in base64, padded", {text}, Kind::text, to_base64},
    {"fromBase64(text)", "the text that was written in base64", {text}, Kind::text, from_base64},
}};

}  // namespace

std::span<const Builtin> object_builtins() {
  return table;
}

}  // namespace goflow::core::expression
