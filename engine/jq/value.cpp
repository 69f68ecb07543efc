#include "engine/jq/value.hpp"

#include <cmath>
#include <cstdint>
#include <string>
#include <utility>

namespace goflow::engine {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;
using core::Value;

constexpr int most_levels = 511;  // and one more on the way: 512 are read

std::string text_of(const JqLibrary& jq, jv text) {
  const int length = jq.string_length_bytes(jq.copy(text));
  return {jq.string_value(text), static_cast<std::size_t>(length)};
}

Result<Value> number(double number) {
  constexpr double largest_whole = 9007199254740992.0;  // 2^53
  if (!std::isfinite(number)) {
    return Error{ErrorCode::execution_failed,
                 std::isnan(number) ? "the result is not a number" : "the result is infinite"};
  }
  if (number == std::floor(number) && std::abs(number) <= largest_whole) {
    return Value(static_cast<std::int64_t>(number));
  }
  return Value(number);
}

Result<Value> converted(const JqLibrary& jq, jv value, int levels);

Result<Value> array(const JqLibrary& jq, jv value, int levels) {
  core::Array items;
  const int length = jq.array_length(jq.copy(value));
  items.reserve(static_cast<std::size_t>(length));
  for (int index = 0; index < length; ++index) {
    const OwnedJv item(jq, jq.array_get(jq.copy(value), index));
    GOFLOW_TRY(Value converted_item, converted(jq, item.get(), levels));
    items.push_back(std::move(converted_item));
  }
  return Value(std::move(items));
}

Result<Value> object(const JqLibrary& jq, jv value, int levels) {
  core::Object members;
  for (int at = jq.object_iter(value); jq.object_iter_valid(value, at) != 0;
       at = jq.object_iter_next(value, at)) {
    const OwnedJv key(jq, jq.object_iter_key(value, at));
    const OwnedJv member(jq, jq.object_iter_value(value, at));
    GOFLOW_TRY(Value converted_member, converted(jq, member.get(), levels));
    members.set(text_of(jq, key.get()), std::move(converted_member));
  }
  return Value(std::move(members));
}

Result<Value> converted(const JqLibrary& jq, jv value, int levels) {
  if (levels == 0) {
    return Error{ErrorCode::execution_failed, "the result is nested too deeply"};
  }
  switch (jq.get_kind(value)) {
    case JV_KIND_TRUE:
      return Value(true);
    case JV_KIND_FALSE:
      return Value(false);
    case JV_KIND_NUMBER:
      return number(jq.number_value(value));
    case JV_KIND_STRING:
      return Value(text_of(jq, value));
    case JV_KIND_ARRAY:
      return array(jq, value, levels - 1);
    case JV_KIND_OBJECT:
      return object(jq, value, levels - 1);
    default:
      return Value();
  }
}

}  // namespace

Result<Value> to_value(const JqLibrary& jq, jv value) {
  return converted(jq, value, most_levels);
}

Error error_in(const JqLibrary& jq, jv invalid) {
  const OwnedJv message(jq, jq.invalid_get_msg(invalid));
  if (jq.get_kind(message.get()) == JV_KIND_STRING) {
    return Error{ErrorCode::execution_failed, text_of(jq, message.get())};
  }
  const OwnedJv shown(jq, jq.dump_string(jq.copy(message.get()), 0));
  return Error{ErrorCode::execution_failed, "error: " + text_of(jq, shown.get())};
}

}  // namespace goflow::engine
