#include "core/expression/builtins/order.hpp"

#include "core/expression/operators.hpp"

namespace goflow::core::expression {

Result<Direction, ExpressionError> direction(const Call& call, std::size_t index) {
  if (!call.has(index) || call.text(index) == "asc") return Direction::ascending;
  if (call.text(index) == "desc") return Direction::descending;
  return call.bad_argument(index,
                           "the order is \"asc\" or \"desc\", got " + describe(call.value(index)));
}

Check check_sortable(const Array& keys, Place place) {
  for (const Value& key : keys) {
    if (!key.is_number() && !key.is_text()) {
      return fault(
          Code::type_mismatch, place, "only numbers and texts have an order, got " + describe(key));
    }
    if (key.is_text() != keys.front().is_text()) {
      return fault(Code::type_mismatch,
                   place,
                   "numbers and texts have no common order, got " + describe(keys.front()) +
                       " and " + describe(key));
    }
  }
  return {};
}

bool comes_first(const Value& left, const Value& right, Direction direction) {
  return direction == Direction::ascending ? compare(left, right) < 0 : compare(left, right) > 0;
}

}  // namespace goflow::core::expression
