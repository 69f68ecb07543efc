// Functions of arrays that take no closure.
#include "core/expression/builtins/builtin.hpp"
#include "core/expression/builtins/order.hpp"
#include "core/expression/call.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <unordered_set>
#include <utility>

namespace goflow::core::expression {
namespace {

Outcome sort(Call& call) {
  GOFLOW_TRY(const Direction order, direction(call, 1));
  GOFLOW_TRY(call.touch(call.array(0).size()));
  Array items = call.array(0);
  GOFLOW_TRY(check_sortable(items, call.place(0)));
  std::stable_sort(items.begin(), items.end(), [&](const Value& left, const Value& right) {
    return comes_first(left, right, order);
  });
  return Value(std::move(items));
}

Outcome first(Call& call) {
  return call.array(0).empty() ? Value() : call.array(0).front();
}

Outcome last(Call& call) {
  return call.array(0).empty() ? Value() : call.array(0).back();
}

Outcome take(Call& call) {
  const Array& items = call.array(0);
  const std::int64_t wanted = call.whole(1);
  if (wanted < 0) return call.bad_argument(1, "fewer than zero elements cannot be taken");
  const std::int64_t count = std::min(wanted, static_cast<std::int64_t>(items.size()));
  GOFLOW_TRY(call.touch(static_cast<std::size_t>(count)));
  return Value(Array(items.begin(), items.begin() + count));
}

Outcome reverse(Call& call) {
  const Array& items = call.array(0);
  GOFLOW_TRY(call.touch(items.size()));
  return Value(Array(items.rbegin(), items.rend()));
}

/// Equal values have equal hashes: 1 and 1.0 have, and so have objects whatever their order.
struct ValueHash {
  std::size_t operator()(const Value& value) const {
    switch (value.kind()) {
      case Kind::null:
        return 0;
      case Kind::boolean:
        return value.as_boolean() ? 1 : 2;
      case Kind::integer:
      case Kind::floating:
        return std::hash<double>{}(value.as_number());
      case Kind::text:
        return std::hash<std::string>{}(value.as_text());
      case Kind::array:
        return of_array(value.as_array());
      case Kind::object:
        return of_object(value.as_object());
    }
    return 0;
  }

 private:
  [[nodiscard]] std::size_t of_array(const Array& items) const {
    std::size_t hash = 3;
    for (const Value& item : items) {
      hash = hash * 31 + (*this)(item);
    }
    return hash;
  }
  [[nodiscard]] std::size_t of_object(const Object& members) const {
    std::size_t hash = 4;
    for (const auto& [key, value] : members) {
      hash += std::hash<std::string>{}(key) ^ ((*this)(value)*31);
    }
    return hash;
  }
};

Outcome unique(Call& call) {
  GOFLOW_TRY(call.walk(call.value(0)));
  GOFLOW_TRY(call.touch(call.array(0).size()));
  std::unordered_set<Value, ValueHash> seen;
  Array items;
  for (const Value& item : call.array(0)) {
    if (seen.insert(item).second) items.push_back(item);
  }
  return Value(std::move(items));
}

Outcome concat(Call& call) {
  Array items;
  for (const Value& part : call.arguments()) {
    GOFLOW_TRY(call.touch(part.as_array().size()));
    items.insert(items.end(), part.as_array().begin(), part.as_array().end());
  }
  return Value(std::move(items));
}

Check flatten_into(Array& out, const Array& items, Call& call) {
  GOFLOW_TRY(call.touch(items.size()));
  for (const Value& item : items) {
    if (!item.is_array()) {
      out.push_back(item);
    } else {
      GOFLOW_TRY(flatten_into(out, item.as_array(), call));
    }
  }
  return {};
}

Outcome flatten(Call& call) {
  GOFLOW_TRY(call.walk(call.value(0)));
  Array out;
  GOFLOW_TRY(flatten_into(out, call.array(0), call));
  return Value(std::move(out));
}

constexpr Parameter array = required(Takes::array);

constexpr std::array<Builtin, 8> table{{
    {"sort(array[, \"asc\" or \"desc\"])",
     "numbers or texts in order; equal ones stay as they stood",
     {array, optional(Takes::text)},
     Kind::array,
     sort},
    {"first(array)", "the first element, null when there is none", {array}, any_kind, first},
    {"last(array)", "the last element, null when there is none", {array}, any_kind, last},
    {"take(array, count)",
     "at most so many from the front",
     {array, required(Takes::whole_number)},
     Kind::array,
     take},
    {"reverse(array)", "the last one first", {array}, Kind::array, reverse},
    {"uniq(array)", "each value once, where it stood first", {array}, Kind::array, unique},
    {"concat(array, …)",
     "one array after the other",
     {array, repeated(Takes::array)},
     Kind::array,
     concat},
    {"flatten(array)",
     "the elements of arrays within arrays, at all depths",
     {array},
     Kind::array,
     flatten},
}};

}  // namespace

std::span<const Builtin> list_builtins() {
  return table;
}

}  // namespace goflow::core::expression
