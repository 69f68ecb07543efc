// Fits what a workflow gives a tool to what the tool says it takes.
#pragma once

#include "core/value/value.hpp"

namespace goflow::engine {

/// Where the schema wants a text, any other value but null becomes its text form; where it wants a
/// number, an integer or a boolean, a text that is exactly one becomes it. Everything else stays.
core::Value fitted_to(const core::Value& schema, const core::Value& value);

}  // namespace goflow::engine
