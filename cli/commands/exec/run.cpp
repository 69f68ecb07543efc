// goflow exec run: run a workflow, here and now, and remember everything.
#include "cli/commands/commands.hpp"
#include "cli/commands/exec/detach.hpp"
#include "cli/commands/exec/execution_record.hpp"
#include "cli/commands/exec/new_execution.hpp"
#include "cli/commands/exec/run_to_end.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;

struct RunOptions {
  NewExecutionOptions what;
  std::optional<std::chrono::milliseconds> timeout;
  RunView view;
  bool queue = false;
};

void declare(Command& command, RunOptions& options) {
  command.summary("run a workflow")
      .describe(
          "Runs the workflow to its end and prints its return value on stdout; progress goes to "
          "stderr. Every step is recorded before the next one starts: after a crash, 'goflow exec "
          "resume' goes on from there. Ctrl-C cancels the run, a second one kills what is left.")
      .example("goflow run nightly --input since=2026-11-19", "a saved workflow")
      .example("goflow run ./nightly.yaml > result.txt", "a file; only the result is in result.txt")
      .example("goflow run nightly --input limit:=10 --json", "the whole record, for a program")
      .example("goflow run --instance nightly-eu", "with the inputs that the instance has")
      .example("goflow run nightly --detach", "in the background; prints the id")
      .example("goflow run nightly --queue", "when a 'goflow worker' has time; prints the id")
      .exit_code(2, "an input is missing, unknown or of the wrong type")
      .exit_code(3, "no such workflow or instance")
      .exit_code(4, "a credential is missing, or the keyring cannot answer")
      .exit_code(5, "the workflow is not valid")
      .exit_code(6, "the name is taken; the instance is one of another workflow")
      .exit_code(10, "the workflow ran and failed")
      .exit_code(124, "the workflow timed out")
      .exit_code(130, "cancelled or interrupted");
  declare_new_execution(command, options.what);
  declare_credentials(command, options.what.credentials);
  declare_time_limit(command, options.timeout);
  declare_view(command, options.view);
  command.flag("--queue", options.queue, "leave it to a worker: print the id and return");
}

/// What only who runs it here could heed.
Result<void> check_queue(const RunOptions& options) {
  const RunView& view = options.view;
  const auto refuse = [](const std::string& what, const std::string& hint) {
    return Error{ErrorCode::invalid_argument,
                 "--queue leaves the run to a worker: it goes without " + what}
        .with_hint(hint);
  };
  if (view.detach) return refuse("--detach", "both return at once: choose one");
  if (view.events) return refuse("--events", "see how it goes: goflow exec watch ID --json");
  if (view.watch) return refuse("--watch", "see how it goes: goflow exec watch ID");
  if (options.timeout) return refuse("--timeout", "write 'timeout' into the workflow");
  const CredentialArguments& credentials = options.what.credentials;
  if (!credentials.files.empty() || !credentials.variables.empty()) {
    return refuse("secrets that are given for one run", "store it instead: goflow cred set NAME");
  }
  return {};
}

Result<void> enqueue(const RunOptions& options, Context& context) {
  GOFLOW_TRY(check_queue(options));
  const OutputChoice& output = options.view.output;
  GOFLOW_TRY(const NewExecution made,
             create_new(options.what, core::Runner::local, Beginning::later, output, context));
  if (output.is_text()) {
    context.out().line(made.execution.id);
    context.tell("a worker will run it: goflow worker");
    return {};
  }
  GOFLOW_TRY(core::ExecutionStore * store, context.executions());
  GOFLOW_TRY(const core::Object record, execution_record(made.execution, *store, context.now()));
  write_records(context.out(), output, record);
  return {};
}

Result<void> run(const RunOptions& options, Context& context) {
  if (options.queue) return enqueue(options, context);
  GOFLOW_TRY(check_view(options.view));
  const Beginning beginning = options.view.detach ? Beginning::soon : Beginning::here;
  GOFLOW_TRY(
      NewExecution made,
      create_new(options.what, core::Runner::local, beginning, options.view.output, context));
  if (options.view.detach) {
    return run_detached(
        start_words(options.timeout, options.what.credentials), made.execution.id, context);
  }
  limit_time(made.workflow, options.timeout);
  return run_to_end(made.workflow,
                    made.source,
                    made.execution,
                    {.secrets = std::move(made.secrets), .journal = std::move(made.journal)},
                    options.view,
                    context);
}

}  // namespace

std::unique_ptr<Action> exec_run() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
