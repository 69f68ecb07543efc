// The grammar of JSONPath: RFC 9535 with `contains` and `.length()`.
#pragma once

#include "core/expression/jsonpath/query.hpp"

#include <string_view>

namespace goflow::core::expression::jsonpath {

/// The whole text is the query; blanks around it do not count.
Result<Query, ExpressionError> parse(std::string_view text);

}  // namespace goflow::core::expression::jsonpath
