#include "cli/commands/worker/queued_run.hpp"

#include "cli/arguments/run_credentials.hpp"
#include "cli/commands/exec/resume_decisions.hpp"
#include "cli/commands/exec/run_to_end.hpp"
#include "cli/io/quiet_progress.hpp"
#include "cli/io/run_outline.hpp"
#include "core/execution/start_failure.hpp"
#include "core/workflow/reader.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Execution;
using core::ExecutionStatus;
using core::Result;

std::string first_fault(const core::WorkflowReading& reading) {
  for (const core::Diagnostic& one : reading.diagnostics) {
    if (one.severity != core::Severity::error) continue;
    return "line " + std::to_string(one.at.line) + ": " + one.message;
  }
  return "it cannot be read";
}

Result<core::Workflow> recorded_text(const Execution& execution, core::ExecutionStore& store) {
  GOFLOW_TRY(const std::string text, store.definition(execution.definition_sha256));
  auto reading = core::read_workflow(text);
  if (!reading.workflow) {
    return Error{ErrorCode::invalid_workflow,
                 "workflow '" + execution.workflow_id + "' is not valid: " + first_fault(reading)};
  }
  return *std::move(reading.workflow);
}

/// All that the run needs before it may begin or go on.
struct Preparation {
  core::Workflow workflow;
  RunProvisions provisions = {};
  engine::RunMemory memory = {};
};

Result<Preparation> prepare(const Execution& execution, Context& context) {
  GOFLOW_TRY(core::ExecutionStore * store, context.executions());
  GOFLOW_TRY(core::Workflow workflow, recorded_text(execution, *store));
  Preparation preparation{std::move(workflow)};
  GOFLOW_TRY(preparation.provisions.secrets,
             look_up_credentials(preparation.workflow, execution, CredentialArguments(), context));
  if (execution.status != ExecutionStatus::pending) {
    GOFLOW_TRY(decide_on_all(
        preparation.workflow, execution, undecided, *store, preparation.provisions.decisions));
  }
  GOFLOW_TRY(preparation.memory, remember(execution, *store));
  return preparation;
}

/// No other workflow, no other moment of this machine would change it.
bool is_about_the_run(const Error& error) {
  return error.code != ErrorCode::unavailable && error.code != ErrorCode::internal;
}

Result<void> fail_to_start(const core::TakenRun& taken,
                           const Error& reason,
                           WorkerLog& log,
                           Context& context) {
  const Execution& execution = taken.execution;
  core::JournalBatch batch;
  batch.execution = execution;
  batch.execution->status = ExecutionStatus::failed;
  batch.execution->completed_at = std::max(context.now(), execution.created_at);
  batch.execution->error = core::start_failure(reason);
  GOFLOW_TRY(taken.journal->commit(batch));
  GOFLOW_TRY(taken.journal->release());
  log.ended(execution, ExecutionStatus::failed, batch.execution->error, {});
  return {};
}

Result<void> leave_to_a_person(const core::TakenRun& taken,
                               Error reason,
                               WorkerLog& log,
                               Context& context) {
  GOFLOW_TRY(core::RunQueue * queue, context.run_queue());
  GOFLOW_TRY(queue->mark_stuck(taken.execution.id));
  GOFLOW_TRY(taken.journal->release());
  if (reason.hint.empty()) reason.hint = "goflow exec resume " + short_id(taken.execution.id);
  log.stuck(taken.execution, reason);
  return {};
}

Result<void> settle_unprepared(const core::TakenRun& taken,
                               const Error& reason,
                               WorkerLog& log,
                               Context& context) {
  if (!is_about_the_run(reason)) {
    GOFLOW_TRY(taken.journal->release());
    return reason;
  }
  const bool is_new = taken.execution.status == ExecutionStatus::pending;
  if (is_new) return fail_to_start(taken, reason, log, context);
  return leave_to_a_person(taken, reason, log, context);
}

}  // namespace

Result<void> run_queued(core::TakenRun taken,
                        const StopSignals& signals,
                        WorkerLog& log,
                        Context& context) {
  const Execution& execution = taken.execution;
  const core::Timestamp begin = context.now();
  auto preparation = prepare(execution, context);
  if (!preparation) return settle_unprepared(taken, preparation.error(), log, context);
  log.begun(execution);
  preparation->provisions.journal = std::move(taken.journal);
  QuietProgress observer;
  const auto result = run_quietly(
      preparation->workflow,
      execution,
      preparation->provisions,
      std::move(preparation->memory),
      [&signals] { return signals.is_stop_wanted_at_once(); },
      observer,
      context);
  if (result) {
    log.ended(execution, result->status, result->failure, context.now() - begin);
    return {};
  }
  // It may not have come so far that it gave the run up.
  const auto released = preparation->provisions.journal->release();
  if (!signals.is_stop_wanted_at_once()) return result.error();
  GOFLOW_TRY(released);
  log.left(execution);
  return {};
}

}  // namespace goflow::cli
