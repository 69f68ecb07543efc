// Has jq look at programs, to say which of them are wrong.
#pragma once

#include "core/expression/jq_program.hpp"
#include "core/workflow/surroundings.hpp"

#include <span>
#include <string>
#include <vector>

namespace goflow::engine {

/// In a process of its own, and at once. That jq cannot be had is a fault of each program.
std::vector<core::JqFault> check_jq_programs(std::vector<std::string> command,
                                             std::span<const core::JqProgram> programs);

}  // namespace goflow::engine
