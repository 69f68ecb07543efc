// The edges of every scope: those that are written, and those that follow from written order.
#pragma once

#include "core/workflow/draft.hpp"
#include "core/workflow/flow/scopes.hpp"
#include "core/workflow/problems.hpp"

#include <vector>

namespace goflow::core {

/// Edges, `needs` or a start node: then only these order the top level.
bool is_graph_form(const Draft& draft);

/// One graph per scope. Reports what is wrong with single edges: V42 to V46, V49 to V52, V57, V58,
/// V60.
std::vector<Graph> link(const Draft& draft, const Scopes& scopes, Problems& problems);

}  // namespace goflow::core
