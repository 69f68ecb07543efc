// What the scripts of shell nodes can see of the workflow, as far as their text tells.
#pragma once

#include "core/workflow/draft.hpp"
#include "core/workflow/names/name_table.hpp"
#include "core/workflow/problems.hpp"

namespace goflow::core {

/// Rules V34, V92 and V93.
void check_scripts(const Draft& draft, const NameTable& names, Problems& problems);

}  // namespace goflow::core
