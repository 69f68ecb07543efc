// Checks the names that expressions read and nodes write, once the order of the nodes is known.
#pragma once

#include "core/workflow/draft.hpp"
#include "core/workflow/flow/flow.hpp"
#include "core/workflow/problems.hpp"

namespace goflow::core {

/// Rules V68, V69, V77, V81 to V85, V34, V92 and V93; also tells shell nodes whether anything
/// reads their value.
void check_names(Draft& draft, const Flow& flow, Problems& problems);

}  // namespace goflow::core
