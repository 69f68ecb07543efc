#include "cli/commands/exec/new_execution.hpp"

#include "cli/arguments/workflow_argument.hpp"
#include "cli/io/environment.hpp"
#include "engine/interpreter/runnable.hpp"
#include "engine/local/process_identity.hpp"

#include <filesystem>

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;

Result<std::string> workflow_word(const NewExecutionOptions& options) {
  if (options.from_stdin && !options.workflow.empty()) {
    return Error{ErrorCode::invalid_argument, "--stdin and a workflow exclude each other"};
  }
  if (options.from_stdin) return std::string("-");
  if (!options.workflow.empty()) return options.workflow;
  return Error{ErrorCode::invalid_argument, "which workflow?"}.with_hint(
      options.command + " NAME or " + options.command +
      " FILE; see what is saved: goflow workflow list");
}

}  // namespace

void declare_new_execution(Command& command, NewExecutionOptions& options) {
  command.positional("[WORKFLOW]", options.workflow, "a saved workflow, a file, or - for stdin")
      .completes(CompletesWith::workflow_version);
  command.group("Inputs");
  command.option("--input K=V", options.inputs.inputs, "k=text typed as declared, k=@file, k:=JSON")
      .also("--var");
  command.option("-i, --inputs FILE", options.inputs.file, "a JSON or YAML object; - is stdin")
      .completes(CompletesWith::file);
  command.group("What it is called");
  command.option("--name NAME", options.name, "a name of its own; its slug stands for the id");
  command.option("--tag TAG", options.tags, "to find it by");
  command.option("--label K=V", options.labels, "to find it by");
  command.group("");
  command.flag("--stdin", options.from_stdin, "read the workflow from stdin").hidden();
}

Result<NewExecution> create_new(const NewExecutionOptions& options,
                                core::Runner runner,
                                const OutputChoice& output,
                                Context& context) {
  GOFLOW_TRY(const std::string word, workflow_word(options));
  GOFLOW_TRY(WorkflowSource source, find_workflow(word, context));
  GOFLOW_TRY(core::Workflow workflow, read_checked(source, output, context));
  if (runner == core::Runner::local) GOFLOW_TRY(engine::check_runnable(workflow));
  const auto read = [&context](const std::string& path) { return context.read_input(path); };
  core::Object inputs = options.input_values;
  GOFLOW_TRY(const core::Object written, collect_inputs(options.inputs, read));
  for (const auto& [name, value] : written) {
    inputs.set(name, value);
  }
  GOFLOW_TRY(core::CredentialBindings bindings, bindings_of(options.credentials));
  core::RunSecrets secrets;
  if (options.begins_now) {
    GOFLOW_TRY(secrets, look_up_credentials(workflow, bindings, options.credentials, context));
  }
  GOFLOW_TRY(core::ExecutionStore * store, context.executions());
  std::error_code ignored;
  const std::vector<std::string> environment = inherited_environment();
  core::CreateRequest request{workflow,
                              source.text,
                              std::move(inputs),
                              std::filesystem::current_path(ignored).string(),
                              environment};
  request.created_by = context.user_name();
  request.name = options.name;
  request.tags = options.tags;
  request.labels = options.labels;
  request.annotations = options.annotations;
  request.id = options.id;
  request.runner = runner;
  request.credentials = std::move(bindings);
  request.is_queued = options.is_queued;
  if (options.runs_here) request.owner = engine::this_process(context.now());
  GOFLOW_TRY(request.claim_check, context.claim_check());
  GOFLOW_TRY(core::Execution execution, create_execution(request, *store, context.clock()));
  return NewExecution{
      std::move(source), std::move(workflow), std::move(execution), std::move(secrets)};
}

}  // namespace goflow::cli
