// The jq programs of a workflow, which are compiled together.
#pragma once

#include "core/expression/jq_program.hpp"
#include "core/workflow/workflow.hpp"

#include <vector>

namespace goflow::engine {

/// Of all its nodes, in the order of the file.
std::vector<core::JqProgram> jq_programs(const core::Workflow& workflow);

}  // namespace goflow::engine
