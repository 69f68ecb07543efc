// Whether the names that expressions read exist where they read them.
#pragma once

#include "core/workflow/draft.hpp"
#include "core/workflow/names/name_table.hpp"
#include "core/workflow/problems.hpp"

namespace goflow::core {

/// Rules V68, V69, V77, V81 and V82.
void check_names(const Draft& draft, const NameTable& names, Problems& problems);

}  // namespace goflow::core
