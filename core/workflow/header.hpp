// The keys of a workflow besides its nodes, edges and variables.
#pragma once

#include "core/workflow/compiler.hpp"
#include "core/workflow/draft.hpp"
#include "core/workflow/fields.hpp"
#include "core/workflow/form.hpp"

#include <string>

namespace goflow::core {

/// Of a workflow, besides those that hold its parts.
const Keys& header_keys();

void read_header(Fields& fields, Compiler& compiler, Draft& draft);

/// Of a stored workflow: its file is found by another name than the one it gives itself (V10).
void check_file_name(const YamlNode& root,
                     const Workflow& workflow,
                     const std::string& stored_as,
                     Problems& problems);

}  // namespace goflow::core
