// Functions that evaluate a closure for each element of an array.
#include "core/expression/budget.hpp"
#include "core/expression/builtins/builtin.hpp"
#include "core/expression/builtins/order.hpp"
#include "core/expression/call.hpp"
#include "core/value/json.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <string>
#include <utility>

namespace goflow::core::expression {
namespace {

using Index = Result<std::optional<std::size_t>, ExpressionError>;

/// The first element from the front for which the closure is `wanted`.
Index find_first(Call& call, bool wanted = true) {
  const Array& items = call.array(0);
  for (std::size_t i = 0; i < items.size(); ++i) {
    GOFLOW_TRY(const bool holds, call.holds(items[i], i));
    if (holds == wanted) return std::optional(i);
  }
  return std::optional<std::size_t>();
}

Index find_from_back(Call& call) {
  const Array& items = call.array(0);
  for (std::size_t i = items.size(); i-- > 0;) {
    GOFLOW_TRY(const bool holds, call.holds(items[i], i));
    if (holds) return std::optional(i);
  }
  return std::optional<std::size_t>();
}

Result<std::int64_t, ExpressionError> count_true(Call& call) {
  const Array& items = call.array(0);
  std::int64_t count = 0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    GOFLOW_TRY(const bool holds, call.holds(items[i], i));
    count += holds ? 1 : 0;
  }
  return count;
}

Outcome all(Call& call) {
  GOFLOW_TRY(const auto exception, find_first(call, false));
  return Value(!exception.has_value());
}

Outcome any(Call& call) {
  GOFLOW_TRY(const auto found, find_first(call));
  return Value(found.has_value());
}

Outcome one(Call& call) {
  GOFLOW_TRY(const std::int64_t count, count_true(call));
  return Value(count == 1);
}

Outcome none(Call& call) {
  GOFLOW_TRY(const auto found, find_first(call));
  return Value(!found.has_value());
}

Outcome filter(Call& call) {
  const Array& items = call.array(0);
  Array kept;
  for (std::size_t i = 0; i < items.size(); ++i) {
    GOFLOW_TRY(const bool holds, call.holds(items[i], i));
    if (holds) kept.push_back(items[i]);
  }
  return Value(std::move(kept));
}

Outcome map(Call& call) {
  const Array& items = call.array(0);
  Array mapped;
  mapped.reserve(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    GOFLOW_TRY(Value value, call.apply(items[i], i));
    mapped.push_back(std::move(value));
  }
  return Value(std::move(mapped));
}

Value element_at(Call& call, std::optional<std::size_t> index) {
  return index ? call.array(0)[*index] : Value();
}

Value number_of(std::optional<std::size_t> index) {
  return index ? static_cast<std::int64_t>(*index) : -1;
}

Outcome find(Call& call) {
  GOFLOW_TRY(const auto index, find_first(call));
  return element_at(call, index);
}

Outcome find_last(Call& call) {
  GOFLOW_TRY(const auto index, find_from_back(call));
  return element_at(call, index);
}

Outcome find_index(Call& call) {
  GOFLOW_TRY(const auto index, find_first(call));
  return number_of(index);
}

Outcome find_last_index(Call& call) {
  GOFLOW_TRY(const auto index, find_from_back(call));
  return number_of(index);
}

Outcome count(Call& call) {
  if (call.has(1)) {
    GOFLOW_TRY(const std::int64_t number, count_true(call));
    return Value(number);
  }
  GOFLOW_TRY(call.touch(call.array(0).size()));
  std::int64_t number = 0;
  for (const Value& item : call.array(0)) {
    if (!item.is_boolean()) {
      return fault(Code::type_mismatch,
                   call.place(0),
                   "'count' needs booleans, got " + describe(item),
                   "how many elements there are: len(…)");
    }
    number += item.as_boolean() ? 1 : 0;
  }
  return Value(number);
}

Outcome group_by(Call& call) {
  const Array& items = call.array(0);
  // Arrays cannot grow within an object, so they are put in when they are complete.
  std::vector<std::string> keys;
  std::unordered_map<std::string, Array> groups;
  for (std::size_t i = 0; i < items.size(); ++i) {
    GOFLOW_TRY(const Value key, call.apply(items[i], i));
    if (key.is_array() || key.is_object()) {
      return fault(Code::type_mismatch,
                   call.place(1),
                   "an array or object cannot be the key of a group, got " + describe(key));
    }
    const auto [group, is_new] = groups.try_emplace(to_text(key));
    if (is_new) keys.push_back(group->first);
    group->second.push_back(items[i]);
  }
  Object grouped;
  for (const std::string& key : keys) {
    grouped.set(key, Value(std::move(groups[key])));
  }
  return Value(std::move(grouped));
}

Outcome sort_by(Call& call) {
  const Array& items = call.array(0);
  GOFLOW_TRY(const Direction order, direction(call, 2));
  Array keys;
  keys.reserve(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    GOFLOW_TRY(Value key, call.apply(items[i], i));
    keys.push_back(std::move(key));
  }
  GOFLOW_TRY(check_sortable(keys, call.place(1)));
  std::vector<std::size_t> ranks(items.size());
  std::iota(ranks.begin(), ranks.end(), std::size_t{0});
  std::stable_sort(ranks.begin(), ranks.end(), [&](std::size_t left, std::size_t right) {
    return comes_first(keys[left], keys[right], order);
  });
  Array sorted;
  sorted.reserve(items.size());
  for (const std::size_t rank : ranks) {
    sorted.push_back(items[rank]);
  }
  return Value(std::move(sorted));
}

Outcome reduce(Call& call) {
  // The one place where a value may grow deeper with each element. Measuring it walks all of it,
  // so that is done now and then, before it is too deep to be walked at all.
  constexpr std::size_t measured_every = 8;
  const Array& items = call.array(0);
  if (items.empty() && !call.has(2)) {
    return call.bad_argument(0, "the array is empty and there is no value to start with");
  }
  Value result = call.has(2) ? call.value(2) : items.front();
  for (std::size_t i = call.has(2) ? 0 : 1; i < items.size(); ++i) {
    GOFLOW_TRY(result, call.apply(items[i], i, result));
    if (i % measured_every == 0 && !within_limits(result)) return too_large(call.place());
  }
  return result;
}

constexpr Parameter array = required(Takes::array);
constexpr Parameter closure = required(Takes::closure);

constexpr std::array<Builtin, 14> table{{
    {"all(array, condition)",
     "whether the condition holds for each element; true for none",
     {array, closure},
     Kind::boolean,
     all},
    {"any(array, condition)",
     "whether it holds for at least one",
     {array, closure},
     Kind::boolean,
     any},
    {"one(array, condition)",
     "whether it holds for exactly one",
     {array, closure},
     Kind::boolean,
     one},
    {"none(array, condition)",
     "whether it holds for not a single one",
     {array, closure},
     Kind::boolean,
     none},
    {"filter(array, condition)",
     "the elements for which the condition holds",
     {array, closure},
     Kind::array,
     filter},
    {"map(array, expression)",
     "what the expression makes of each element",
     {array, closure},
     Kind::array,
     map},
    {"find(array, condition)",
     "the first element for which it holds, or null",
     {array, closure},
     any_kind,
     find},
    {"findLast(array, condition)",
     "the last element for which it holds, or null",
     {array, closure},
     any_kind,
     find_last},
    {"findIndex(array, condition)",
     "the place of the first, counted from 0, or -1",
     {array, closure},
     Kind::integer,
     find_index},
    {"findLastIndex(array, condition)",
     "the place of the last, counted from 0, or -1",
     {array, closure},
     Kind::integer,
     find_last_index},
    {"count(array[, condition])",
     "how many there are, or for how many the condition holds",
     {array, optional(Takes::closure)},
     Kind::integer,
     count},
    {"groupBy(array, key)",
     "an object from the text form of the key to the elements with it, in the order of appearance",
     {array, closure},
     Kind::object,
     group_by},
    {"sortBy(array, key[, \"asc\" or \"desc\"])",
     "the elements in the order of their keys, all numbers or all texts",
     {array, required(Takes::sort_key), optional(Takes::text)},
     Kind::array,
     sort_by},
    {"reduce(array, expression[, start])",
     "one value of all elements: #acc is what was made so far, the start or the first element at "
     "the beginning",
     {array, required(Takes::reducer), optional(Takes::anything)},
     any_kind,
     reduce},
}};

}  // namespace

std::span<const Builtin> closure_builtins() {
  return table;
}

}  // namespace goflow::core::expression
