// goflow instance create: bind a workflow to what one wants it run with.
#include "cli/arguments/workflow_argument.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/instance/binding_options.hpp"
#include "cli/commands/instance/instance_record.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"
#include "core/base/ulid.hpp"
#include "core/execution/naming.hpp"

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Instance;
using core::Result;

struct CreateOptions {
  std::string name;
  std::string workflow;
  BindingOptions binding;
  OutputChoice output;
};

void declare(Command& command, CreateOptions& options) {
  command.summary("bind a workflow to inputs, environment and credentials")
      .describe(
          "An instance is a saved workflow with a name of its own and with what it is to be run "
          "with. What it binds counts more than the defaults of the workflow, and less than what "
          "is given when it is run. Inputs need not be complete. The id is printed; the slug of "
          "the name stands for it everywhere.")
      .example("goflow instance create 'Nightly EU' --workflow nightly --input limit=7",
               "called nightly-eu from now on")
      .example("goflow instance create staging --workflow nightly --env STAGE=blue",
               "with a variable for its shell nodes")
      .exit_code(2, "an input is unknown or of the wrong type; the name leaves no slug")
      .exit_code(3, "no such workflow")
      .exit_code(5, "the workflow is not valid")
      .exit_code(6, "the slug of the name is taken");
  command.positional("NAME", options.name, "its name, of 1 to 200 characters");
  command.option("--workflow ID", options.workflow, "the saved workflow; for good")
      .completes(CompletesWith::workflow_id);
  declare_binding(command, options.binding);
  command.json(options.output, instance_fields());
}

Result<void> check(const CreateOptions& options) {
  if (options.workflow.empty()) {
    return Error{ErrorCode::invalid_argument, "which workflow?"}.with_hint(
        "name it: --workflow ID; see what is saved: goflow workflow list");
  }
  if (options.workflow == "-" || names_a_file(options.workflow)) {
    return Error{ErrorCode::invalid_argument,
                 "'" + options.workflow + "' is not the name of a saved workflow"}
        .with_hint("save it first: goflow workflow save FILE");
  }
  return {};
}

Result<Instance> made_of(const CreateOptions& options, Context& context) {
  const core::Timestamp now = context.now();
  Instance instance;
  instance.id = core::new_instance_id(now);
  instance.name = options.name;
  GOFLOW_TRY(instance.slug, core::slug_of(options.name));
  instance.workflow_id = options.workflow;
  instance.description = options.binding.description.value_or("");
  GOFLOW_TRY(instance.labels, core::checked_labels(options.binding.labels));
  GOFLOW_TRY(BoundInputs inputs,
             bind_to_workflow(options.binding, options.workflow, options.output, context));
  instance.inputs = std::move(inputs.checked);
  GOFLOW_TRY(instance.env, bound_env(options.binding, context));
  GOFLOW_TRY(instance.credentials, bindings_of(options.binding.credentials));
  instance.audit = core::new_audit(context.user_name(), now).spec;
  instance.created_at = now;
  return instance;
}

Result<void> run(const CreateOptions& options, Context& context) {
  GOFLOW_TRY(check(options));
  GOFLOW_TRY(const Instance instance, made_of(options, context));
  GOFLOW_TRY(core::InstanceStore * store, context.instances());
  GOFLOW_TRY(store->create(instance));
  if (options.output.is_text()) {
    context.out().line(instance.id);
    context.tell("run it: goflow run --instance " + instance.slug);
    return {};
  }
  GOFLOW_TRY(const InstanceView view, view_of(instance, context));
  write_records(context.out(), options.output, instance_record(view));
  return {};
}

}  // namespace

std::unique_ptr<Action> instance_create() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
