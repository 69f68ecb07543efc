// What sort and sortBy have in common.
#pragma once

#include "core/expression/call.hpp"
#include "core/value/value.hpp"

namespace goflow::core::expression {

enum class Direction { ascending, descending };

/// The argument with this index, "asc" or "desc"; ascending if it was left out.
Result<Direction, ExpressionError> direction(const Call& call, std::size_t index);

/// All of them numbers, or all of them texts.
Check check_sortable(const Array& keys, Place place);

/// Whether the left one comes first.
bool comes_first(const Value& left, const Value& right, Direction direction);

}  // namespace goflow::core::expression
