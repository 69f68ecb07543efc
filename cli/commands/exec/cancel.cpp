// goflow exec cancel: stop a run, wherever it runs.
#include "cli/arguments/execution_argument.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/exec/execution_record.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"
#include "cli/io/run_outline.hpp"
#include "engine/local/process_identity.hpp"

#include <unistd.h>

#include <chrono>
#include <thread>

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Execution;
using core::ExecutionStatus;
using core::Result;

constexpr Field fields[] = {
    {"id", "id of the execution"},
    {"status", "its status afterwards"},
};

struct CancelOptions {
  std::string execution;
  bool force = false;
  std::string reason;
  OutputChoice output;
};

void declare(Command& command, CancelOptions& options) {
  command.summary("stop an execution")
      .describe(
          "Nothing new starts, running steps are asked to end and, five seconds later, killed with "
          "all they started. Returns when the record says that it is over. Cancelling again "
          "changes "
          "nothing.")
      .example("goflow exec cancel @latest", "stop the newest one")
      .exit_code(6, "the execution has ended already");
  command.positional("ID", options.execution, "id, unique beginning or ending of it, or @latest")
      .completes(CompletesWith::execution_id);
  command.flag("--force", options.force, "kill running steps at once");
  command.option("--reason TEXT", options.reason, "kept in the record");
  command.json(options.output, fields);
}

/// Nobody runs it: this process takes it just to write down its end.
Result<void> cancel_directly(const Execution& execution,
                             const core::CancelRequest& request,
                             core::ExecutionStore& store,
                             core::Timestamp now) {
  GOFLOW_TRY(auto journal,
             store.take_ownership(
                 execution.id, engine::this_process(now), [now](const core::Owner& owner) {
                   return !engine::is_alive(owner, now);
                 }));
  core::JournalBatch batch;
  batch.execution = execution;
  batch.execution->status = ExecutionStatus::cancelled;
  batch.execution->cancel = request;
  batch.execution->completed_at = now;
  batch.execution->error =
      core::Failure{"cancelled", request.reason.empty() ? "cancelled" : request.reason};
  GOFLOW_TRY(journal->commit(batch));
  return journal->release();
}

/// The owner looks at its record at once when told so, else with its next heartbeat.
Result<ExecutionStatus> cancel_through_owner(const Execution& execution,
                                             const core::CancelRequest& request,
                                             core::ExecutionStore& store,
                                             Context& context) {
  GOFLOW_TRY(store.request_cancel(execution.id, request));
  engine::wake(*execution.owner);
  constexpr std::chrono::seconds patience{30};
  constexpr std::chrono::milliseconds pause{20};
  const auto give_up = std::chrono::steady_clock::now() + patience;
  while (std::chrono::steady_clock::now() < give_up) {
    GOFLOW_TRY(const auto current, store.find(execution.id));
    if (!current || is_terminal(current->status)) {
      return current ? current->status : ExecutionStatus::cancelled;
    }
    if (engine::is_interrupted(*current, context.now())) {
      GOFLOW_TRY(cancel_directly(*current, request, store, context.now()));
      return ExecutionStatus::cancelled;
    }
    std::this_thread::sleep_for(pause);
  }
  return Error{ErrorCode::unavailable, "execution '" + execution.id + "' did not end in time"}
      .with_hint("kill its steps: goflow exec cancel --force " + execution.id);
}

Result<ExecutionStatus> cancel(const Execution& execution,
                               const CancelOptions& options,
                               core::ExecutionStore& store,
                               Context& context) {
  if (execution.status == ExecutionStatus::cancelled) return execution.status;
  if (is_terminal(execution.status)) {
    return Error{
        ErrorCode::failed_precondition,
        "execution '" + execution.id + "' has ended: " + std::string(to_string(execution.status))};
  }
  const core::Timestamp now = context.now();
  const core::CancelRequest request{now, context.user_name(), options.force, options.reason};
  if (execution.owner && engine::is_alive(*execution.owner, now)) {
    return cancel_through_owner(execution, request, store, context);
  }
  GOFLOW_TRY(cancel_directly(execution, request, store, now));
  return ExecutionStatus::cancelled;
}

Result<void> run(const CancelOptions& options, Context& context) {
  GOFLOW_TRY(core::ExecutionStore * store, context.executions());
  GOFLOW_TRY(const Execution execution, find_execution(options.execution, *store));
  GOFLOW_TRY(const ExecutionStatus status, cancel(execution, options, *store, context));
  if (options.output.is_text()) {
    context.tell(short_id(execution.id) + " is " + std::string(to_string(status)));
    return {};
  }
  write_records(context.out(),
                options.output,
                core::Object{{"id", execution.id}, {"status", to_string(status)}});
  return {};
}

}  // namespace

std::unique_ptr<Action> exec_cancel() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
