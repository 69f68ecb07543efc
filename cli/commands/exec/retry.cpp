// goflow exec retry: try the failed nodes of an execution again, and go on from there.
#include "cli/arguments/execution_argument.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/exec/detach.hpp"
#include "cli/commands/exec/recorded_workflow.hpp"
#include "cli/commands/exec/run_to_end.hpp"
#include "cli/context.hpp"
#include "cli/io/run_outline.hpp"
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
  CredentialArguments credentials;
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
      .exit_code(4, "a credential is missing, or the keyring cannot answer")
      .exit_code(6, "it has not failed, or more has failed than that node")
      .exit_code(10, "the workflow ran and failed")
      .exit_code(124, "the workflow timed out")
      .exit_code(130, "cancelled or interrupted");
  command.positional("ID", options.execution, execution_argument_help)
      .completes(CompletesWith::execution_id);
  command.option("--node NODE", options.node, "the node to try again: its id or its path")
      .completes(CompletesWith::node_id);
  declare_credentials(command, options.credentials);
  declare_view(command, options.view);
}

Result<core::JournalBatch> plan_reopening(const Execution& execution,
                                          const core::Workflow& workflow,
                                          const RetryOptions& options,
                                          core::ExecutionStore& store,
                                          core::Timestamp now) {
  GOFLOW_TRY(const auto current, store.find(execution.id));
  GOFLOW_TRY(const auto nodes, store.nodes(execution.id));
  GOFLOW_TRY(const auto attempts, store.attempts(execution.id));
  engine::ReopeningRequest request{
      workflow, current ? *current : execution, nodes, attempts, options.node};
  return engine::reopen(request, now);
}

/// The run is kept from the reopening to its end: let go in between, it would be for others to
/// take, who find nothing to reopen. Should this process end, it can be resumed.
Result<void> reopen_and_run(const Execution& execution,
                            const RecordedWorkflow& recorded,
                            const RetryOptions& options,
                            core::RunSecrets secrets,
                            Context& context) {
  GOFLOW_TRY(core::ExecutionStore * store, context.executions());
  const core::Timestamp now = context.now();
  GOFLOW_TRY(auto journal, take_over(execution, *store, now));
  // Read again: somebody else may have been faster, and be through with it.
  auto batch = plan_reopening(execution, recorded.workflow, options, *store, now);
  if (!batch) {
    GOFLOW_TRY(journal->release());
    return std::move(batch).error();
  }
  GOFLOW_TRY(journal->commit(*batch));
  Execution reopened = *batch->execution;
  // Its time limit begins now: nothing of the time before counts.
  reopened.owner = engine::this_process(now);
  return run_to_end(recorded.workflow,
                    recorded.source,
                    reopened,
                    {.secrets = std::move(secrets), .journal = std::move(journal)},
                    options.view,
                    context);
}

/// The process in the background reopens it, for the same reason.
Result<void> reopen_in_background(const Execution& execution,
                                  const core::Workflow& workflow,
                                  const RetryOptions& options,
                                  Context& context) {
  GOFLOW_TRY(core::ExecutionStore * store, context.executions());
  GOFLOW_TRY(plan_reopening(execution, workflow, options, *store, context.now()));
  std::vector<std::string> words{"exec", "retry"};
  if (options.node) words.insert(words.end(), {"--node", *options.node});
  for (std::string& word : words_of(options.credentials)) {
    words.push_back(std::move(word));
  }
  return run_detached(std::move(words), execution.id, context);
}

std::string instead_of_retry(const Execution& execution, core::Timestamp now) {
  const std::string id = short_id(execution.id);
  if (execution.status == core::ExecutionStatus::pending) {
    return "start it: goflow exec start " + id;
  }
  if (engine::is_interrupted(execution, now)) return "go on with it: goflow exec resume " + id;
  if (is_terminal(execution.status)) return "run it anew: goflow exec rerun " + id;
  return "see how it goes: goflow exec watch " + id + ", or stop it: goflow exec cancel " + id;
}

Result<void> run(const RetryOptions& options, Context& context) {
  GOFLOW_TRY(check_view(options.view));
  GOFLOW_TRY(core::ExecutionStore * store, context.executions());
  GOFLOW_TRY(const Execution execution, find_execution(options.execution, *store));
  if (!is_terminal(execution.status) || execution.status == core::ExecutionStatus::completed) {
    return Error{ErrorCode::failed_precondition,
                 "execution '" + execution.id + "' is " + std::string(to_string(execution.status)) +
                     ": only a failed, timed out or cancelled one can be retried"}
        .with_hint(instead_of_retry(execution, context.now()));
  }
  GOFLOW_TRY(const RecordedWorkflow recorded,
             recorded_workflow(execution, options.view.output, context));
  GOFLOW_TRY(auto secrets,
             look_up_credentials(recorded.workflow, execution, options.credentials, context));
  if (options.view.detach) {
    return reopen_in_background(execution, recorded.workflow, options, context);
  }
  return reopen_and_run(execution, recorded, options, std::move(secrets), context);
}

}  // namespace

std::unique_ptr<Action> exec_retry() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
