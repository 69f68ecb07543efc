// The keys of a workflow besides its nodes, edges and variables.
#pragma once

#include "core/workflow/compiler.hpp"
#include "core/workflow/draft.hpp"
#include "core/workflow/fields.hpp"
#include "core/workflow/form.hpp"

namespace goflow::core {

/// Of a workflow, besides those that hold its parts.
const Keys& header_keys();

void read_header(Fields& fields, Compiler& compiler, Draft& draft);

}  // namespace goflow::core
