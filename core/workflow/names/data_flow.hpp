// Whether what an expression reads can have been written when it is read.
#pragma once

#include "core/workflow/draft.hpp"
#include "core/workflow/flow/flow.hpp"
#include "core/workflow/names/name_table.hpp"
#include "core/workflow/problems.hpp"

namespace goflow::core {

/// Rules V83 to V85, for a flow without errors.
void check_data_flow(const Draft& draft,
                     const Flow& flow,
                     const NameTable& names,
                     Problems& problems);

}  // namespace goflow::core
