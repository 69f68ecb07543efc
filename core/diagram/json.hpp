// The diagram for programs.
#pragma once

#include "core/diagram/diagram.hpp"
#include "core/value/value.hpp"

namespace goflow::core {

/// {"name", "nodes": [{"id", "type", "name", "parent", "branch"}], "edges": [{"from", "to",
/// "label"}]}: the nodes of all scopes as they are written. `parent` is the id of the node it lies
/// within, `branch` the name of the branch of that one; both null where there is none.
Object diagram_record(const DiagramScope& diagram);

}  // namespace goflow::core
