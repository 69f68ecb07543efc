// Several workers, each in a process of its own, and who looks after them.
#pragma once

#include "cli/commands/worker/stop_signals.hpp"
#include "cli/context.hpp"
#include "core/base/result.hpp"

#include <string>
#include <vector>

namespace goflow::cli {

/// Keeps `count` processes `goflow WORDS…` alive, and hands on to them what it is asked by signals.
/// Returns when all have ended of themselves.
core::Result<void> supervise(int count,
                             const std::vector<std::string>& words,
                             const StopSignals& signals,
                             Context& context);

}  // namespace goflow::cli
