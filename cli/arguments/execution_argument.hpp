// Which execution is meant, where a command takes one.
#pragma once

#include "core/execution/finding.hpp"

namespace goflow::cli {

inline constexpr const char* execution_argument_help =
    "id, unique beginning or ending of it, slug of its name, @latest, or @latest:WORKFLOW";

}  // namespace goflow::cli
