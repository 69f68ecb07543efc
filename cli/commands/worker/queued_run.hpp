// One run that a worker has taken up, from there to its end.
#pragma once

#include "cli/commands/worker/stop_signals.hpp"
#include "cli/commands/worker/worker_log.hpp"
#include "cli/context.hpp"
#include "core/base/result.hpp"
#include "core/execution/run_queue.hpp"

namespace goflow::cli {

/// A pending run that cannot be started ends as failed; one that was cut off and cannot be gone on
/// with without a person is marked as stuck. Both are no Error, as little as a run that fails.
/// An Error: something is in the way of the worker itself, and the run is left for later.
core::Result<void> run_queued(core::TakenRun taken,
                              const StopSignals& signals,
                              WorkerLog& log,
                              Context& context);

}  // namespace goflow::cli
