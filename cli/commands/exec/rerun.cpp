// goflow exec rerun: a new execution with the inputs of an earlier one.
#include "cli/arguments/execution_argument.hpp"
#include "cli/arguments/input_arguments.hpp"
#include "cli/arguments/workflow_argument.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/exec/detach.hpp"
#include "cli/commands/exec/recorded_workflow.hpp"
#include "cli/commands/exec/run_to_end.hpp"
#include "cli/context.hpp"
#include "cli/io/environment.hpp"
#include "cli/io/run_outline.hpp"
#include "core/execution/pipeline/creation.hpp"
#include "engine/local/carried_over.hpp"
#include "engine/local/process_identity.hpp"

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Execution;
using core::Result;

struct RerunOptions {
  std::string execution;
  std::optional<std::string> from;
  InputArguments inputs;
  bool current = false;
  CredentialArguments credentials;
  std::optional<std::chrono::milliseconds> timeout;
  RunView view;
};

void declare(Command& command, RerunOptions& options) {
  command.summary("run an execution anew, with the same inputs")
      .describe(
          "Makes a new execution and leaves the old one as it is. The workflow is the one that was "
          "run, or with --current the saved one as it is now. With --from what does not come after "
          "that node is taken over from the old execution instead of being run.")
      .example("goflow exec rerun @latest", "the same again")
      .example("goflow exec rerun 8m4vq2dk --input since=2026-11-20", "with another input")
      .example("goflow exec rerun 8m4vq2dk --from load", "everything before 'load' is kept")
      .exit_code(2, "an input is missing, unknown or of the wrong type")
      .exit_code(3, "no such execution or node")
      .exit_code(4, "a credential is missing, or the keyring cannot answer")
      .exit_code(10, "the workflow ran and failed")
      .exit_code(124, "the workflow timed out")
      .exit_code(130, "cancelled or interrupted");
  command.positional("ID", options.execution, execution_argument_help)
      .completes(CompletesWith::execution_id);
  command.option("--from NODE", options.from, "run this node and what comes after it")
      .completes(CompletesWith::node_id);
  command.flag("--current", options.current, "the saved workflow as it is now");
  command.group("Inputs");
  command.option("--input K=V", options.inputs.inputs, "instead of the recorded one").also("--var");
  command.option("-i, --inputs FILE", options.inputs.file, "a JSON or YAML object; - is stdin")
      .completes(CompletesWith::file);
  command.group("");
  declare_credentials(command, options.credentials);
  declare_time_limit(command, options.timeout);
  declare_view(command, options.view);
}

Result<void> check(const RerunOptions& options) {
  const bool has_inputs = !options.inputs.inputs.empty() || !options.inputs.file.empty();
  if (options.from && (has_inputs || options.current)) {
    return Error{
        ErrorCode::invalid_argument,
        std::string("--from and ") + (has_inputs ? "--input" : "--current") + " exclude each other"}
        .with_hint("what is taken over was made with the old inputs and the old workflow");
  }
  return check_view(options.view);
}

Result<RecordedWorkflow> find_workflow_to_run(const Execution& execution,
                                              const RerunOptions& options,
                                              Context& context) {
  if (!options.current) return recorded_workflow(execution, options.view.output, context);
  GOFLOW_TRY(WorkflowSource source, find_saved_workflow(execution.workflow_id, context));
  GOFLOW_TRY(core::Workflow workflow, read_checked(source, options.view.output, context));
  return RecordedWorkflow{std::move(source), std::move(workflow)};
}

/// The recorded ones, and over them those that were given. A workflow that has changed since may
/// not know some of them any more.
Result<core::Object> inputs_of(const Execution& execution,
                               const core::Workflow& workflow,
                               const RerunOptions& options,
                               Context& context) {
  const auto read = [&context](const std::string& path) { return context.read_input(path); };
  GOFLOW_TRY(const core::Object given, collect_inputs(options.inputs, read));
  core::Object inputs;
  for (const core::Variable& variable : workflow.variables) {
    if (const core::Value* value = execution.inputs.find(variable.name)) {
      inputs.set(variable.name, *value);
    }
  }
  for (const auto& [name, value] : given) {
    inputs.set(name, value);
  }
  return inputs;
}

Result<void> take_over(const Execution& old,
                       const core::Workflow& workflow,
                       const std::string& from,
                       const Execution& made,
                       core::ExecutionStore& store,
                       core::Timestamp now) {
  GOFLOW_TRY(const auto nodes, store.nodes(old.id));
  GOFLOW_TRY(const auto attempts, store.attempts(old.id));
  GOFLOW_TRY(auto taken, engine::carried_over(workflow, from, nodes, attempts, made.id, now));
  core::JournalBatch batch{.nodes = std::move(taken.nodes), .attempts = std::move(taken.attempts)};
  GOFLOW_TRY(const auto journal,
             store.take_ownership(
                 made.id, engine::this_process(now), [](const core::Owner&) { return false; }));
  GOFLOW_TRY(journal->commit(batch));
  return journal->release();
}

/// What is to be taken over may be gone: then there is nothing that could be started.
Error without_trace(const Execution& made,
                    Error error,
                    const Execution& old,
                    core::ExecutionStore& store) {
  const auto removed = store.remove({made.id}, [](const Execution&) -> Result<void> { return {}; });
  if (!removed) return removed.error();
  if (!error.hint.empty()) return error;
  return std::move(error).with_hint("begin with the node that made it: goflow exec show " +
                                    short_id(old.id));
}

/// With the same instance, as it was then.
Result<Execution> record_anew(const Execution& old,
                              const RecordedWorkflow& definition,
                              core::Object inputs,
                              const core::CredentialBindings& bindings,
                              Context& context) {
  core::Creation creation;
  creation.request.inputs = std::move(inputs);
  creation.request.working_directory = old.working_directory;
  creation.request.environment = inherited_environment();
  creation.request.created_by = context.user_name();
  creation.request.tags = old.tags;
  for (const auto& [key, value] : old.labels) {
    creation.request.labels.push_back(key + "=" + value);
  }
  creation.request.credentials = bindings;
  creation.request.rerun_of = old.id;
  creation.request.instance_id = old.instance_id;
  creation.request.instance_slug = old.instance_slug;
  creation.request.instance_env = old.instance_env;
  creation.found = {&definition.workflow, &definition.source.text};
  GOFLOW_TRY(creation.executions, context.executions());
  GOFLOW_TRY(creation.claim_check, context.claim_check());
  creation.clock = &context.clock();
  GOFLOW_TRY(creation,
             core::creation_pipeline_of_found_workflow().run(std::move(creation), context.steps()));
  return std::move(creation.execution);
}

Result<void> run(const RerunOptions& options, Context& context) {
  GOFLOW_TRY(check(options));
  GOFLOW_TRY(core::ExecutionStore * store, context.executions());
  GOFLOW_TRY(const Execution old, find_execution(options.execution, *store));
  GOFLOW_TRY(RecordedWorkflow definition, find_workflow_to_run(old, options, context));
  if (options.from) {
    // Before anything is recorded: the node may not be there.
    GOFLOW_TRY(
        engine::carried_over(definition.workflow, *options.from, {}, {}, old.id, context.now()));
  }
  GOFLOW_TRY(core::Object inputs, inputs_of(old, definition.workflow, options, context));
  GOFLOW_TRY(const core::CredentialBindings bindings,
             bindings_of(options.credentials, old.credentials));
  GOFLOW_TRY(auto secrets,
             look_up_credentials(definition.workflow, bindings, options.credentials, context));
  GOFLOW_TRY(const Execution made,
             record_anew(old, definition, std::move(inputs), bindings, context));
  if (options.from) {
    auto taken = take_over(old, definition.workflow, *options.from, made, *store, context.now());
    if (!taken) return without_trace(made, std::move(taken).error(), old, *store);
  }
  if (options.view.detach) {
    return run_detached(start_words(options.timeout, options.credentials), made.id, context);
  }
  limit_time(definition.workflow, options.timeout);
  return run_to_end(definition.workflow,
                    definition.source,
                    made,
                    {.secrets = std::move(secrets)},
                    options.view,
                    context);
}

}  // namespace

std::unique_ptr<Action> exec_rerun() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
