// The keys of a workflow besides its nodes, edges and variables.
#pragma once

#include "core/workflow/compiler.hpp"
#include "core/workflow/draft.hpp"
#include "core/workflow/fields.hpp"

namespace goflow::core {

void read_header(Fields& fields, Compiler& compiler, Draft& draft);

}  // namespace goflow::core
