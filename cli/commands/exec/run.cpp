// goflow exec run: run a workflow, here and now, and remember everything.
#include "cli/arguments/input_arguments.hpp"
#include "cli/arguments/workflow_argument.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/exec/run_to_end.hpp"
#include "cli/context.hpp"
#include "core/execution/create_execution.hpp"
#include "engine/interpreter/runnable.hpp"

#include <filesystem>

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;

struct RunOptions {
  std::string workflow;
  InputArguments inputs;
  std::optional<std::chrono::milliseconds> timeout;
  bool from_stdin = false;
  RunView view;
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
      .exit_code(2, "an input is missing, unknown or of the wrong type")
      .exit_code(3, "no such workflow")
      .exit_code(5, "the workflow is not valid")
      .exit_code(10, "the workflow ran and failed")
      .exit_code(124, "the workflow timed out")
      .exit_code(130, "cancelled or interrupted");
  command.positional("[WORKFLOW]", options.workflow, "a saved workflow, a file, or - for stdin")
      .completes(CompletesWith::workflow_version);
  command.group("Inputs");
  command
      .option("--input K=V",
              options.inputs.inputs,
              "k=text typed as declared, k=@file, k:=JSON; may be repeated")
      .also("--var");
  command.option("-i, --inputs FILE", options.inputs.file, "a JSON or YAML object; - is stdin")
      .completes(CompletesWith::file);
  command.group("");
  command.option("--timeout D", options.timeout, "give the run at most so long: 30s, 5m, 2h");
  command.flag("--stdin", options.from_stdin, "read the workflow from stdin").hidden();
  declare_view(command, options.view);
}

Result<std::string> workflow_word(const RunOptions& options) {
  if (options.from_stdin && !options.workflow.empty()) {
    return Error{ErrorCode::invalid_argument, "--stdin and a workflow exclude each other"};
  }
  if (options.from_stdin) return std::string("-");
  if (!options.workflow.empty()) return options.workflow;
  return Error{ErrorCode::invalid_argument, "which workflow?"}.with_hint(
      "goflow run NAME or goflow run FILE; see what is saved: goflow workflow list");
}

/// The smaller limit wins.
void limit_time(core::Workflow& workflow, std::optional<std::chrono::milliseconds> limit) {
  if (limit && (!workflow.timeout || *limit < *workflow.timeout)) workflow.timeout = limit;
}

Result<void> run(const RunOptions& options, Context& context) {
  GOFLOW_TRY(const std::string word, workflow_word(options));
  GOFLOW_TRY(const WorkflowSource source, find_workflow(word, context));
  GOFLOW_TRY(core::Workflow workflow, read_checked(source, options.view.output, context));
  GOFLOW_TRY(engine::check_runnable(workflow));
  limit_time(workflow, options.timeout);
  const auto read = [&context](const std::string& path) { return context.read_input(path); };
  GOFLOW_TRY(core::Object inputs, collect_inputs(options.inputs, workflow, read));
  GOFLOW_TRY(core::ExecutionStore * store, context.executions());
  std::error_code ignored;
  const core::CreateRequest request{
      workflow, source.text, std::move(inputs), std::filesystem::current_path(ignored).string()};
  GOFLOW_TRY(const core::Execution execution, create_execution(request, *store, context.clock()));
  return run_to_end(workflow, source, execution, options.view, context);
}

}  // namespace

std::unique_ptr<Action> exec_run() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
