#include "cli/commands/exec/new_execution.hpp"

#include "cli/commands/exec/run_to_end.hpp"
#include "cli/io/environment.hpp"
#include "engine/local/process_identity.hpp"

#include <filesystem>
#include <system_error>
#include <utility>

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;

/// Finds workflows as they are typed, and the credentials of what begins at once.
class TypedSurroundings final : public core::CreationSurroundings {
 public:
  TypedSurroundings(const NewExecutionOptions& options,
                    Beginning beginning,
                    const OutputChoice& output,
                    Context& context)
      : options_(options), beginning_(beginning), output_(output), context_(context) {}

  Result<core::FoundWorkflow> find_workflow(const std::string& written) override {
    GOFLOW_TRY(found_.source, cli::find_workflow(written, context_));
    GOFLOW_TRY(found_.workflow, read_checked(found_.source, output_, context_));
    return core::FoundWorkflow{&found_.workflow, &found_.source.text};
  }

  Result<void> check_credentials(const core::Workflow& workflow,
                                 const core::CredentialBindings& bindings) override {
    if (beginning_ == Beginning::later) return {};
    GOFLOW_TRY(found_.secrets,
               look_up_credentials(workflow, bindings, options_.credentials, context_));
    return {};
  }

  Result<std::unique_ptr<core::RunJournal>> take_over(const core::Execution& execution) override {
    GOFLOW_TRY(core::ExecutionStore * store, context_.executions());
    return cli::take_over(execution, *store, context_.now());
  }

  /// With all that was found on the way.
  NewExecution made_of(core::Creation creation) {
    found_.execution = std::move(creation.execution);
    found_.journal = std::move(creation.journal);
    return std::move(found_);
  }

 private:
  const NewExecutionOptions& options_;
  Beginning beginning_;
  const OutputChoice& output_;
  Context& context_;
  NewExecution found_;
};

Result<std::string> workflow_word(const NewExecutionOptions& options) {
  if (options.from_stdin && !options.workflow.empty()) {
    return Error{ErrorCode::invalid_argument, "--stdin and a workflow exclude each other"};
  }
  return options.from_stdin ? std::string("-") : options.workflow;
}

Result<core::Object> inputs_of(const NewExecutionOptions& options, Context& context) {
  const auto read = [&context](const std::string& path) { return context.read_input(path); };
  core::Object inputs = options.input_values;
  GOFLOW_TRY(const core::Object written, collect_inputs(options.inputs, read));
  for (const auto& [name, value] : written) {
    inputs.set(name, value);
  }
  return inputs;
}

Result<core::CreationRequest> request_of(const NewExecutionOptions& options,
                                         core::Runner runner,
                                         Beginning beginning,
                                         Context& context) {
  core::CreationRequest request;
  GOFLOW_TRY(request.workflow, workflow_word(options));
  request.instance = options.instance.value_or("");
  request.id = options.id;
  request.name = options.name;
  GOFLOW_TRY(request.inputs, inputs_of(options, context));
  request.tags = options.tags;
  request.labels = options.labels;
  request.annotations = options.annotations;
  GOFLOW_TRY(request.credentials, bindings_of(options.credentials));
  request.runner = runner;
  request.is_queued = beginning == Beginning::later && runner == core::Runner::local;
  if (beginning == Beginning::here) request.owner = engine::this_process(context.now());
  std::error_code ignored;
  request.working_directory = std::filesystem::current_path(ignored).string();
  request.environment = inherited_environment();
  request.created_by = context.user_name();
  return request;
}

/// What to type depends on the command.
Error with_usage(Error error, const NewExecutionOptions& options) {
  const bool is_nameless = options.workflow.empty() && !options.instance && !options.from_stdin;
  if (!is_nameless || !error.hint.empty()) return error;
  return std::move(error).with_hint(options.command + " NAME or " + options.command +
                                    " FILE; see what is saved: goflow workflow list");
}

}  // namespace

void declare_new_execution(Command& command, NewExecutionOptions& options) {
  command.positional("[WORKFLOW]", options.workflow, "a saved workflow, a file, or - for stdin")
      .completes(CompletesWith::workflow_version);
  command
      .option("--instance NAME", options.instance, "an instance, with its inputs; its slug or id")
      .completes(CompletesWith::instance_id);
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
                                Beginning beginning,
                                const OutputChoice& output,
                                Context& context) {
  TypedSurroundings surroundings(options, beginning, output, context);
  core::Creation creation;
  GOFLOW_TRY(creation.request, request_of(options, runner, beginning, context));
  GOFLOW_TRY(creation.executions, context.executions());
  GOFLOW_TRY(creation.instances, context.instances());
  GOFLOW_TRY(creation.claim_check, context.claim_check());
  creation.clock = &context.clock();
  creation.surroundings = &surroundings;
  const auto pipeline = beginning == Beginning::here ? core::creation_and_start_pipeline()
                                                     : core::creation_pipeline();
  auto made = pipeline.run(std::move(creation), context.steps());
  if (!made) return with_usage(std::move(made).error(), options);
  return surroundings.made_of(*std::move(made));
}

}  // namespace goflow::cli
