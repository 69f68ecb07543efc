// goflow exec create: record an execution without starting it.
#include "cli/commands/commands.hpp"
#include "cli/commands/exec/execution_record.hpp"
#include "cli/commands/exec/new_execution.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"
#include "cli/io/run_outline.hpp"
#include "core/execution/manifest.hpp"
#include "core/value/json.hpp"

#include <optional>
#include <utility>

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;
using core::Runner;

struct CreateOptions {
  NewExecutionOptions what;
  std::optional<Runner> runner;
  std::optional<std::string> file;
  OutputChoice output;
};

void declare(Command& command, CreateOptions& options) {
  command.summary("record an execution without starting it")
      .describe(
          "Checks the workflow and its inputs, records the execution as pending and prints its id. "
          "'goflow exec start' runs it, or the next free 'goflow worker' of this home. With "
          "--runner external nobody here does: another program "
          "does the work and reports about it with 'goflow exec update-status'. With --file all "
          "of it stands in a JSON object: workflow_id or workflow_instance_id, and if wanted id, "
          "name, inputs, tags, labels, annotations, runner, api_version (goflow/v1) and kind "
          "(WorkflowExecution).")
      .example("goflow exec create nightly --input since=2026-11-19", "start it later")
      .example("goflow exec create nightly --runner external", "somebody else runs it")
      .example("echo '{\"workflow_id\": \"nightly\"}' | goflow exec create --file -",
               "as another program writes it")
      .exit_code(2, "an input is missing, unknown or of the wrong type; the file cannot be read")
      .exit_code(3, "no such workflow or instance")
      .exit_code(5, "the workflow is not valid")
      .exit_code(6, "the name or the id is taken; the instance is one of another workflow");
  options.what.command = "goflow exec create";
  declare_new_execution(command, options.what);
  declare_bindings(command, options.what.credentials);
  command.option("--runner WHO",
                 options.runner,
                 Choices<Runner>{{"local", Runner::local}, {"external", Runner::external}},
                 "who runs its nodes");
  command.option("--file FILE", options.file, "a JSON object that says it all; - is stdin")
      .completes(CompletesWith::file);
  command.json(options.output, execution_fields());
}

Result<void> check_alone(const CreateOptions& options) {
  const NewExecutionOptions& what = options.what;
  const bool is_alone = what.workflow.empty() && !what.instance && !what.from_stdin &&
                        what.inputs.inputs.empty() && what.inputs.file.empty() && !what.name &&
                        what.tags.empty() && what.labels.empty() && !options.runner &&
                        what.credentials.keys.empty() && !what.credentials.credential_namespace;
  if (is_alone) return {};
  return Error{ErrorCode::invalid_argument, "--file stands alone"}.with_hint(
      "write into the file what the execution is made of");
}

Result<core::Manifest> read_manifest_file(const std::string& file, Context& context) {
  GOFLOW_TRY(const std::string text, context.read_input(file));
  auto document = core::parse_json(text);
  if (!document) return std::move(document).error().with_context("read '" + file + "'");
  auto manifest = core::read_manifest(*document);
  if (!manifest) return std::move(manifest).error().with_context("read '" + file + "'");
  return manifest;
}

/// What is written in the file takes the place of what would have been typed.
Result<CreateOptions> from_file(const CreateOptions& typed, Context& context) {
  GOFLOW_TRY(check_alone(typed));
  GOFLOW_TRY(core::Manifest manifest, read_manifest_file(*typed.file, context));
  if (names_a_file(manifest.workflow_id) || manifest.workflow_id == "-") {
    return Error{ErrorCode::invalid_argument,
                 "'workflow_id' is not the name of a workflow: '" + manifest.workflow_id + "'"}
        .with_hint("save it: goflow workflow save FILE");
  }
  for (const std::string& member : manifest.ignored) {
    context.err().line("warning: '" + member + "' is ignored: goflow itself keeps it");
  }
  CreateOptions options;
  options.output = typed.output;
  options.runner = manifest.runner;
  options.what.workflow = std::move(manifest.workflow_id);
  if (!manifest.instance_id.empty()) options.what.instance = std::move(manifest.instance_id);
  options.what.id = std::move(manifest.id);
  options.what.name = std::move(manifest.name);
  options.what.tags = std::move(manifest.tags);
  options.what.labels = std::move(manifest.labels);
  options.what.annotations = std::move(manifest.annotations);
  options.what.input_values = std::move(manifest.inputs);
  return options;
}

Result<void> create(const CreateOptions& options, Context& context) {
  const Runner runner = options.runner.value_or(Runner::local);
  GOFLOW_TRY(const NewExecution made,
             create_new(options.what, runner, Beginning::later, options.output, context));
  if (options.output.is_text()) {
    context.out().line(made.execution.id);
    if (runner == Runner::local) {
      context.tell("start it: goflow exec start " + short_id(made.execution.id) +
                   "; or let a worker do so: goflow worker");
    }
    return {};
  }
  GOFLOW_TRY(core::ExecutionStore * store, context.executions());
  GOFLOW_TRY(const core::Object record, execution_record(made.execution, *store, context.now()));
  write_records(context.out(), options.output, record);
  return {};
}

Result<void> run(const CreateOptions& options, Context& context) {
  if (!options.file) return create(options, context);
  GOFLOW_TRY(const CreateOptions written, from_file(options, context));
  return create(written, context);
}

}  // namespace

std::unique_ptr<Action> exec_create() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
