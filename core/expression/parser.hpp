// The grammar of the language.
#pragma once

#include "core/expression/fault.hpp"
#include "core/expression/tree.hpp"

#include <string>

namespace goflow::core::expression {

/// The tree of the expression that stands in `range` of the text; all places are those of the text.
Result<ExpressionTree, ExpressionError> parse(std::string text, Place range);

}  // namespace goflow::core::expression
