#include "core/expression/access.hpp"

#include "core/base/suggest.hpp"
#include "core/base/utf8.hpp"
#include "core/expression/numbers.hpp"

#include <algorithm>
#include <utility>

namespace goflow::core::expression {
namespace {

Accessed accessed(const Value& value) {
  return {value.kind(), describe(value)};
}

ExpressionError bad_key(const Value& value, const Value& key, Place place) {
  const std::string needs = value.is_array() ? "an array needs a whole number as index, got "
                                             : "an object needs a text as key, got ";
  return fault(Code::type_mismatch, place, needs + describe(key));
}

/// Negative indexes count from the end; nullopt is outside.
std::optional<std::size_t> position(std::int64_t index, std::size_t size) {
  const auto length = static_cast<std::int64_t>(size);
  const std::int64_t from_front = index < 0 ? index + length : index;
  if (from_front < 0 || from_front >= length) return std::nullopt;
  return static_cast<std::size_t>(from_front);
}

std::size_t clamped(std::int64_t index, std::size_t size) {
  const auto length = static_cast<std::int64_t>(size);
  const std::int64_t from_front = index < 0 ? std::max(index, -length) + length : index;
  return static_cast<std::size_t>(std::min(from_front, length));
}

struct Extent {
  std::size_t begin;
  std::size_t end;
};

Extent extent_of(const Bounds& bounds, std::size_t size) {
  const std::size_t begin = bounds.from ? clamped(*bounds.from, size) : 0;
  const std::size_t end = bounds.to ? clamped(*bounds.to, size) : size;
  return {begin, std::max(begin, end)};
}

Outcome slice_text(const std::string& text, const Bounds& bounds, Place place, Budget& budget) {
  GOFLOW_TRY(budget.produce(text.size(), place));
  const auto [first, last] = extent_of(bounds, utf8::length(text));
  const std::size_t begin = utf8::offset(text, first);
  const std::size_t size = utf8::offset(std::string_view(text).substr(begin), last - first);
  return Value(text.substr(begin, size));
}

Outcome slice_array(const Array& items, const Bounds& bounds, Place place, Budget& budget) {
  const auto [begin, end] = extent_of(bounds, items.size());
  GOFLOW_TRY(budget.spend(end - begin, place));
  const auto first = items.begin();
  return Value(
      Array(first + static_cast<std::ptrdiff_t>(begin), first + static_cast<std::ptrdiff_t>(end)));
}

}  // namespace

Found find_member(const Value& value, std::string_view word, Place place) {
  if (value.is_object()) return value.as_object().find(word);
  if (value.is_null()) return nullptr;
  return no_member(accessed(value), word, place);
}

Found find_element(const Value& value, const Value& key, Place place) {
  if (value.is_null()) return nullptr;
  if (value.is_object()) {
    if (!key.is_text()) return bad_key(value, key, place);
    return value.as_object().find(key.as_text());
  }
  if (value.is_array()) {
    const auto index = whole_number(key);
    if (!index) return bad_key(value, key, place);
    const auto at = position(*index, value.as_array().size());
    return at ? &value.as_array()[*at] : nullptr;
  }
  return no_element(accessed(value), place);
}

Outcome slice(const Value& value, Bounds bounds, Place place, Budget& budget) {
  if (value.is_text()) return slice_text(value.as_text(), bounds, place, budget);
  if (value.is_array()) return slice_array(value.as_array(), bounds, place, budget);
  return no_slice(accessed(value), place);
}

ExpressionError no_member(const Accessed& from, std::string_view word, Place place) {
  const std::string name(word);
  std::string hint;
  if (from.kinds == Kind::array)
    hint = "of each element: map(…, ." + name + "); of one: …[0]." + name;
  return fault(Code::type_mismatch,
               place,
               "'." + name + "' needs an object, got " + from.description,
               std::move(hint));
}

ExpressionError no_element(const Accessed& from, Place place) {
  return fault(Code::type_mismatch,
               place,
               "'[ ]' needs an array or object, got " + from.description,
               from.kinds == Kind::text ? "a text has slices: its first character is …[0:1]" : "");
}

ExpressionError no_slice(const Accessed& from, Place place) {
  return fault(
      Code::type_mismatch, place, "'[ : ]' needs an array or text, got " + from.description);
}

ExpressionError absent_member(const Value& value, std::string_view word, const Wording& wording) {
  if (value.is_null()) return null_access(wording);
  const std::vector<std::string> keys = value.as_object().keys();
  std::string existing = did_you_mean(word, keys);
  if (existing.empty()) existing = keys.empty() ? "it is empty" : "fields: " + some_of(keys);
  return fault(Code::missing_field,
               wording.place,
               "no field '" + std::string(word) + "' in the object",
               join_hints(existing, "if it may be absent: " + wording.lenient_access));
}

ExpressionError absent_element(const Value& value, const Value& key, const Wording& wording) {
  if (value.is_null()) return null_access(wording);
  if (key.is_text()) return absent_member(value, key.as_text(), wording);
  const std::size_t size = value.as_array().size();
  const std::string elements = size == 0   ? "no elements"
                               : size == 1 ? "one element"
                                           : std::to_string(size) + " elements";
  return fault(Code::out_of_range,
               wording.place,
               "index " + std::to_string(*whole_number(key)) + " is outside the array, which has " +
                   elements,
               "if it may be absent: " + wording.lenient_access);
}

ExpressionError null_access(const Wording& wording) {
  return fault(Code::null_access,
               wording.place,
               "'" + std::string(wording.origin) + "' is null",
               "if it may be null: " + wording.lenient_access);
}

}  // namespace goflow::core::expression
