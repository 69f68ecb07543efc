// Members, elements and slices of values, and why there are none.
#pragma once

#include "core/expression/budget.hpp"
#include "core/expression/fault.hpp"
#include "core/expression/kind_set.hpp"
#include "core/value/value.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace goflow::core::expression {

/// A pointer into the value; nullptr: it is null or lacks what is asked for.
using Found = Result<const Value*, ExpressionError>;

Found find_member(const Value& value, std::string_view word, Place place);
/// By an index that may be negative, or by the text of a key.
Found find_element(const Value& value, const Value& key, Place place);

struct Bounds {
  std::optional<std::int64_t> from;
  std::optional<std::int64_t> to;
};
/// The value is not null.
Outcome slice(const Value& value, Bounds bounds, Place place, Budget& budget);

/// What is accessed: of a value all is known, of a part of an expression perhaps its kinds only.
struct Accessed {
  KindSet kinds;
  std::string description;
};
ExpressionError no_member(const Accessed& from, std::string_view word, Place place);
ExpressionError no_element(const Accessed& from, Place place);
ExpressionError no_slice(const Accessed& from, Place place);

/// How an access was written, for the error: what it reads, and what would not fail.
struct Wording {
  Place place;
  std::string_view origin;     // "user"
  std::string lenient_access;  // "user?.email"
};
ExpressionError absent_member(const Value& value, std::string_view word, const Wording& wording);
ExpressionError absent_element(const Value& value, const Value& key, const Wording& wording);
ExpressionError null_access(const Wording& wording);

}  // namespace goflow::core::expression
