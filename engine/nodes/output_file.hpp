// What a script writes to $GOFLOW_OUTPUT: lines `key=value`, or `key<<WORD`, lines, `WORD`.
#pragma once

#include "core/base/result.hpp"
#include "core/value/value.hpp"

#include <string>
#include <string_view>

namespace goflow::engine {

/// Values are texts; of a repeated key the last one counts. The error names the line.
core::Result<core::Object, std::string> parse_outputs(std::string_view text);

}  // namespace goflow::engine
