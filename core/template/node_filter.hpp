// Leaves out the nodes that a template's author made optional, and all that mentions them.
#pragma once

#include "core/value/value.hpp"

namespace goflow::core {

/// A node with `include: false` goes, and with it its edges and every mention of it; so does a
/// branch or an arm that becomes empty. Keys under `config` move into their node.
Object without_excluded_nodes(const Object& workflow_spec);

}  // namespace goflow::core
