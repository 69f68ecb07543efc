// Has jq itself look at the jq programs of a workflow file.
#pragma once

#include "core/workflow/draft.hpp"
#include "core/workflow/problems.hpp"
#include "core/workflow/surroundings.hpp"

namespace goflow::core {

/// V71. A file without jq programs asks for nothing.
void check_jq(const Draft& draft, const Surroundings& surroundings, Problems& problems);

}  // namespace goflow::core
