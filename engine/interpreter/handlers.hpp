// What runs after the last node: on_success or on_failure, and then on_exit.
#pragma once

#include "engine/interpreter/cancel_scope.hpp"
#include "engine/interpreter/run_context.hpp"
#include "engine/interpreter/scope.hpp"
#include "engine/interpreter/task.hpp"

#include <string>
#include <vector>

namespace goflow::engine {

/// `run.ending` says which. They change nothing about it: what goes wrong in them comes back as
/// warnings. All of them end when `cancel` does, and after ten minutes.
Task<std::vector<std::string>> run_handlers(RunContext& run, Scope& outer, CancelScope& cancel);

}  // namespace goflow::engine
