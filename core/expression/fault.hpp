// The errors of expressions: where they stand and how values are named in them.
#pragma once

#include "core/base/result.hpp"
#include "core/expression/expression.hpp"
#include "core/expression/kind_set.hpp"
#include "core/value/value.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace goflow::core::expression {

/// A part of the expression's text, as byte offsets.
struct Place {
  std::size_t begin = 0;
  std::size_t end = 0;
};

using Code = ExpressionErrorCode;
using Outcome = Result<Value, ExpressionError>;
using Check = Result<void, ExpressionError>;

ExpressionError fault(Code code, Place place, std::string message, std::string hint = {});

/// Kind and shortened value: `string "hello"`, `int 42`, `array of 2000 elements`.
std::string describe(const Value& value);
/// "int or float", "any value".
std::string describe(KindSet kinds);

/// Up to ten of the names, for a hint: "a, b, c, …".
std::string some_of(const std::vector<std::string>& names);

/// One hint of two parts, either of which may be empty.
std::string join_hints(std::string first, const std::string& second);

}  // namespace goflow::core::expression
