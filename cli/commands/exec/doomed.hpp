// Executions that a deletion would take, for whoever wants to look before it happens.
#pragma once

#include "cli/context.hpp"
#include "core/execution/execution.hpp"

#include <vector>

namespace goflow::cli {

/// A row for each, on stdout.
void write_doomed(const std::vector<core::Execution>& executions, Context& context);

}  // namespace goflow::cli
