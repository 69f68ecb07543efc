// Hands a run over to a process in the background, which survives the terminal.
#pragma once

#include "cli/context.hpp"
#include "core/base/result.hpp"

#include <string>
#include <vector>

namespace goflow::cli {

/// Starts `goflow WORDS… ID` without a terminal, waits until it owns the run, and prints the id
/// alone. failed_precondition: another process was faster; unavailable: it could not begin.
core::Result<void> run_detached(std::vector<std::string> words,
                                const std::string& execution_id,
                                Context& context);

}  // namespace goflow::cli
