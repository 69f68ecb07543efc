// goflow exec start: run what was created before.
#include "cli/arguments/execution_argument.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/exec/detach.hpp"
#include "cli/commands/exec/recorded_workflow.hpp"
#include "cli/commands/exec/run_to_end.hpp"
#include "cli/context.hpp"
#include "cli/io/run_outline.hpp"

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Execution;
using core::Result;

struct StartOptions {
  std::string execution;
  std::optional<std::chrono::milliseconds> timeout;
  CredentialArguments credentials;
  RunView view;
};

void declare(Command& command, StartOptions& options) {
  command.summary("start an execution that was created before")
      .describe("Runs what 'goflow exec create' recorded, as 'goflow exec run' would have.")
      .example("goflow exec start $(goflow exec create nightly)", "in two steps")
      .exit_code(4, "a credential is missing, or the keyring cannot answer")
      .exit_code(6, "it was started before")
      .exit_code(10, "the workflow ran and failed")
      .exit_code(124, "the workflow timed out")
      .exit_code(130, "cancelled or interrupted");
  command.positional("ID", options.execution, execution_argument_help)
      .completes(CompletesWith::execution_id);
  declare_time_limit(command, options.timeout);
  declare_credentials(command, options.credentials);
  declare_view(command, options.view);
}

Result<void> check_pending(const Execution& execution) {
  if (execution.status == core::ExecutionStatus::pending) return {};
  return Error{ErrorCode::failed_precondition,
               "execution '" + execution.id + "' was started before: it is " +
                   std::string(to_string(execution.status))}
      .with_hint("see it: goflow exec show " + short_id(execution.id));
}

Result<void> run(const StartOptions& options, Context& context) {
  GOFLOW_TRY(check_view(options.view));
  GOFLOW_TRY(core::ExecutionStore * store, context.executions());
  GOFLOW_TRY(const Execution execution, find_execution(options.execution, *store));
  GOFLOW_TRY(check_pending(execution));
  GOFLOW_TRY(auto recorded, recorded_workflow(execution, options.view.output, context));
  GOFLOW_TRY(auto secrets,
             look_up_credentials(recorded.workflow, execution, options.credentials, context));
  if (options.view.detach) {
    return run_detached(start_words(options.timeout, options.credentials), execution.id, context);
  }
  limit_time(recorded.workflow, options.timeout);
  return run_to_end(recorded.workflow,
                    recorded.source,
                    execution,
                    {.secrets = std::move(secrets)},
                    options.view,
                    context);
}

}  // namespace

std::unique_ptr<Action> exec_start() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
