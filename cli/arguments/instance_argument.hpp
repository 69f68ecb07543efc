// Which instance is meant, where a command takes one.
#pragma once

#include "core/instance/finding.hpp"

namespace goflow::cli {

inline constexpr const char* instance_argument_help =
    "an instance: its slug, or its id, which may be shortened";

}  // namespace goflow::cli
