// What the state of an execution means to a shell.
#pragma once

#include "core/base/result.hpp"
#include "core/execution/execution.hpp"

namespace goflow::cli {

/// As `exec run` would have ended; an Error with code `running` while it goes on.
core::Result<void> verdict_of(const core::Execution& execution);

}  // namespace goflow::cli
