// goflow exec resume: go on where an interrupted run stopped.
#include "cli/arguments/execution_argument.hpp"
#include "cli/arguments/workflow_argument.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/exec/run_to_end.hpp"
#include "cli/context.hpp"
#include "cli/io/run_outline.hpp"
#include "engine/local/process_identity.hpp"

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Execution;
using core::Result;

struct ResumeOptions {
  std::string execution;
  RunView view;
};

void declare(Command& command, ResumeOptions& options) {
  command.summary("continue an interrupted execution")
      .describe(
          "What was completed is not run again. A step that was cut off in the middle is run again "
          "as a new attempt. The workflow is the one the run was started with, whatever became of "
          "its file.")
      .example("goflow exec resume @latest", "after a crash or a reboot")
      .exit_code(6, "the execution has ended, or another process runs it")
      .exit_code(10, "the workflow ran and failed");
  command.positional("ID", options.execution, "id, unique beginning or ending of it, or @latest")
      .completes(CompletesWith::execution_id);
  declare_view(command, options.view);
}

Result<void> check_resumable(const Execution& execution, core::Timestamp now) {
  if (is_terminal(execution.status)) {
    return Error{
        ErrorCode::failed_precondition,
        "execution '" + execution.id + "' has ended: " + std::string(to_string(execution.status))}
        .with_hint("see it: goflow exec show " + short_id(execution.id));
  }
  if (execution.owner && engine::is_alive(*execution.owner, now)) {
    return Error{ErrorCode::failed_precondition,
                 "execution '" + execution.id + "' is being run by process " +
                     std::to_string(execution.owner->pid)}
        .with_hint("stop it: goflow exec cancel " + short_id(execution.id));
  }
  return {};
}

Result<void> run(const ResumeOptions& options, Context& context) {
  GOFLOW_TRY(core::ExecutionStore * store, context.executions());
  GOFLOW_TRY(const Execution execution, find_execution(options.execution, *store));
  GOFLOW_TRY(check_resumable(execution, context.now()));
  GOFLOW_TRY(std::string definition, store->definition(execution.definition_sha256));
  const WorkflowSource source{std::move(definition), execution.workflow_id + ".yaml"};
  GOFLOW_TRY(const core::Workflow workflow, read_checked(source, options.view.output, context));
  return run_to_end(workflow, execution, options.view, context);
}

}  // namespace

std::unique_ptr<Action> exec_resume() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
