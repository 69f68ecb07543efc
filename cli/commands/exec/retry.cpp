// goflow exec retry: try the failed nodes of an execution again, and go on from there.
#include "cli/arguments/execution_argument.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/exec/detach.hpp"
#include "cli/commands/exec/recorded_workflow.hpp"
#include "cli/commands/exec/run_to_end.hpp"
#include "cli/context.hpp"
#include "engine/interpreter/runnable.hpp"
#include "engine/local/process_identity.hpp"
#include "engine/local/reopening.hpp"

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Execution;
using core::Result;

struct RetryOptions {
  std::string execution;
  std::optional<std::string> node;
  RunView view;
};

void declare(Command& command, RetryOptions& options) {
  command.summary("try the failed nodes of an execution again")
      .describe(
          "In the same execution: failed and cancelled nodes get a new attempt, with all their "
          "retries, and what was never reached follows. Completed nodes are not run again, and "
          "neither are those whose failure was handled. The earlier attempts stay in the history. "
          "The workflow is the one it was started with; for the file as it is now see 'goflow exec "
          "rerun --current'.")
      .example("goflow exec retry @latest", "once the cause is mended")
      .example("goflow exec retry 8m4vq2dk --node load", "only if that node is what failed")
      .exit_code(6, "it has not failed, or more has failed than that node")
      .exit_code(10, "the workflow ran and failed")
      .exit_code(124, "the workflow timed out")
      .exit_code(130, "cancelled or interrupted");
  command.positional("ID", options.execution, execution_argument_help)
      .completes(CompletesWith::execution_id);
  command.option("--node NODE", options.node, "the node to try again: its id or its path")
      .completes(CompletesWith::node_id);
  declare_view(command, options.view);
}

/// From then on it is like a run that was interrupted: should this process end, it can be resumed.
Result<Execution> record_reopened(const Execution& execution,
                                  const core::Workflow& workflow,
                                  const RetryOptions& options,
                                  core::ExecutionStore& store,
                                  core::Timestamp now) {
  const core::Owner self = engine::this_process(now);
  GOFLOW_TRY(const auto journal,
             store.take_ownership(execution.id, self, [now](const core::Owner& owner) {
               return !engine::is_alive(owner, now);
             }));
  // Read again: somebody else may have been faster, and be through with it.
  GOFLOW_TRY(const auto current, store.find(execution.id));
  GOFLOW_TRY(const auto nodes, store.nodes(execution.id));
  GOFLOW_TRY(const auto attempts, store.attempts(execution.id));
  engine::ReopeningRequest request{
      workflow, current ? *current : execution, nodes, attempts, options.node};
  auto batch = engine::reopen(request, now);
  if (!batch) {
    GOFLOW_TRY(journal->release());
    return std::move(batch).error();
  }
  GOFLOW_TRY(journal->commit(*batch));
  GOFLOW_TRY(journal->release());
  // Its time limit begins now: nothing of the time before counts.
  batch->execution->owner = self;
  return *batch->execution;
}

Result<void> run(const RetryOptions& options, Context& context) {
  GOFLOW_TRY(check_view(options.view));
  GOFLOW_TRY(core::ExecutionStore * store, context.executions());
  GOFLOW_TRY(const Execution execution, find_execution(options.execution, *store));
  if (!is_terminal(execution.status) || execution.status == core::ExecutionStatus::completed) {
    return Error{ErrorCode::failed_precondition,
                 "execution '" + execution.id + "' is " + std::string(to_string(execution.status)) +
                     ": only a failed, timed out or cancelled one can be retried"}
        .with_hint(engine::is_interrupted(execution, context.now())
                       ? "go on with it: goflow exec resume " + execution.id
                       : "run it anew: goflow exec rerun " + execution.id);
  }
  GOFLOW_TRY(const RecordedWorkflow recorded,
             recorded_workflow(execution, options.view.output, context));
  GOFLOW_TRY(engine::check_runnable(recorded.workflow));
  GOFLOW_TRY(const Execution reopened,
             record_reopened(execution, recorded.workflow, options, *store, context.now()));
  if (options.view.detach) return run_detached({"exec", "resume"}, reopened.id, context);
  return run_to_end(recorded.workflow, recorded.source, reopened, options.view, context);
}

}  // namespace

std::unique_ptr<Action> exec_retry() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
