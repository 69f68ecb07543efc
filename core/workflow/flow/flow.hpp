// The order of the nodes: which scope each belongs to, and the edges within each scope.
#pragma once

#include "core/workflow/draft.hpp"
#include "core/workflow/flow/scopes.hpp"
#include "core/workflow/problems.hpp"

#include <vector>

namespace goflow::core {

struct Flow {
  Scopes scopes;
  std::vector<Graph> graphs;  // one per scope
};

/// Resolves every mention of a node, and checks the rules of flow (V42 to V62).
Flow read_flow(const Draft& draft, Problems& problems);

/// The finished workflow of a draft that has no errors.
Workflow assemble(Draft draft, Flow flow);

}  // namespace goflow::core
