// `edges` of a workflow, as they are written.
#pragma once

#include "core/workflow/draft.hpp"
#include "core/workflow/form.hpp"
#include "core/workflow/problems.hpp"

namespace goflow::core {

const Keys& edge_keys();

void read_edges(const YamlNode& list, Draft& draft, Problems& problems);

}  // namespace goflow::core
