// env() and secret() stand where they may and name what they may: V78, V79.
#pragma once

#include "core/workflow/draft.hpp"
#include "core/workflow/problems.hpp"

namespace goflow::core {

void check_lookups(const Draft& draft, Problems& problems);

}  // namespace goflow::core
