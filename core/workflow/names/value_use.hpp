// Which shell nodes have a value that something can read; the others may print what they like.
#pragma once

#include "core/workflow/draft.hpp"
#include "core/workflow/flow/flow.hpp"

namespace goflow::core {

void find_unused_values(Draft& draft, const Flow& flow);

}  // namespace goflow::core
