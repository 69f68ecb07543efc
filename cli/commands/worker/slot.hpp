// A worker in this process: takes up one run after another.
#pragma once

#include "cli/commands/worker/stop_signals.hpp"
#include "cli/commands/worker/worker_log.hpp"
#include "cli/context.hpp"
#include "core/base/result.hpp"

namespace goflow::cli {

struct SlotOptions {
  bool until_empty = false;  // ends when nothing waits any more
  WorkerWords words = WorkerWords::lines;
};

/// Until it is asked to stop; the run that it is at comes to its end then, or is left as it is when
/// it is asked again. What is in the way of a run is said, and tried again after a pause.
core::Result<void> serve_queue(const SlotOptions& options,
                               const StopSignals& signals,
                               Context& context);

}  // namespace goflow::cli
