// Begins what schedules ask for now: once, however many processes look.
#pragma once

#include "cli/commands/exec/new_execution.hpp"
#include "cli/commands/schedule/scheduled_workflow.hpp"
#include "cli/context.hpp"
#include "core/base/result.hpp"
#include "core/schedule/due.hpp"

#include <string>
#include <vector>

namespace goflow::cli {

/// The times that are due, and what was recorded for them.
struct DueWorkflow {
  ScheduledWorkflow scheduled;
  core::Due due;
};

/// Of those that are enabled, the ones with a time that is due. One that was never looked at begins
/// now. A workflow that cannot be read is reported on stderr and left out, unless it is the only
/// one.
core::Result<std::vector<DueWorkflow>> find_due(const std::vector<std::string>& ids,
                                                Context& context);

/// Creates the executions that are due and notes the times as looked after. What another process
/// has created already is left to it. A time that is let go, because an earlier run goes on, is
/// told on stderr. They are for a worker (later) or for who asked (soon).
core::Result<std::vector<NewExecution>> create_due(const DueWorkflow& due,
                                                   Beginning beginning,
                                                   Context& context);

/// For `worker --schedules`, to be called every now and then: puts what is due now into the queue.
/// Goes on behind a workflow that cannot be run; that is told on stderr.
core::Result<void> enqueue_due(Context& context);

/// The scheduled runs of a workflow that have not ended: those that wait to be begun, or go on.
core::Result<std::vector<core::Execution>> unfinished_scheduled_runs(
    const std::string& workflow_id, std::vector<core::ExecutionStatus> statuses, Context& context);
core::Result<bool> has_scheduled_run_going_on(const std::string& workflow_id, Context& context);

}  // namespace goflow::cli
