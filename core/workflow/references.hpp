// Whether what a workflow names outside of itself is there, and is what the workflow takes it for.
#pragma once

#include "core/workflow/draft.hpp"
#include "core/workflow/problems.hpp"
#include "core/workflow/surroundings.hpp"

namespace goflow::core {

/// Rules V32 and V36 to V38.
void check_references(const Draft& draft, const Surroundings& surroundings, Problems& problems);

}  // namespace goflow::core
