// goflow instance update: change what an instance binds.
#include "cli/arguments/instance_argument.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/instance/binding_options.hpp"
#include "cli/commands/instance/instance_record.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"
#include "core/execution/naming.hpp"
#include "core/instance/binding.hpp"

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Instance;
using core::Result;

struct UpdateOptions {
  std::string instance;
  std::optional<std::string> name;
  std::optional<std::string> workflow;  // only to say why not
  BindingOptions binding;
  std::vector<std::string> uninputs;
  std::vector<std::string> unenvs;
  std::vector<std::string> uncredentials;
  std::vector<std::string> unlabels;
  OutputChoice output;
};

void declare(Command& command, UpdateOptions& options) {
  command.summary("change an instance")
      .describe(
          "What is given takes the place of what it bound under the same name; all else stays, the "
          "slug as well: it is made of the first name and does not change with it. What is removed "
          "and is not there is no mistake. Runs that exist already keep what they began with.")
      .example("goflow instance update nightly-eu --input limit=9", "another value")
      .example("goflow instance update nightly-eu --uninput limit --name 'Nightly Europe'",
               "the default again, and another name")
      .exit_code(2, "an input is unknown or of the wrong type; there is nothing to change")
      .exit_code(3, "no such instance; or its workflow is gone, and would have to be asked")
      .exit_code(5, "the workflow is not valid");
  command.positional("INSTANCE", options.instance, instance_argument_help)
      .completes(CompletesWith::instance_id);
  command.option("--name NAME", options.name, "its name, of 1 to 200 characters");
  command.option("--workflow ID", options.workflow, "cannot be changed").hidden();
  declare_binding(command, options.binding);
  command.group("What it binds no more");
  command.option("--uninput K", options.uninputs, "an input");
  command.option("--unenv K", options.unenvs, "an environment variable");
  command.option("--uncredential NAME", options.uncredentials, "the key of a credential");
  command.option("--unlabel K", options.unlabels, "a label");
  command.group("");
  command.json(options.output, instance_fields());
}

Result<void> check(const UpdateOptions& options) {
  const BindingOptions& binding = options.binding;
  if (options.workflow) {
    return Error{ErrorCode::invalid_argument, "the workflow of an instance cannot be changed"}
        .with_hint("make another: goflow instance create NAME --workflow " + *options.workflow);
  }
  const bool has_change = options.name || asks_workflow(binding) || binding.description ||
                          binding.credentials.credential_namespace || !binding.env.empty() ||
                          !binding.labels.empty() || !options.uninputs.empty() ||
                          !options.unenvs.empty() || !options.uncredentials.empty() ||
                          !options.unlabels.empty();
  if (has_change) return {};
  return Error{ErrorCode::invalid_argument, "nothing to change"}.with_hint(
      "one of --name, --description, --input, --env, --credential, --namespace, --label, or "
      "--uninput and the like");
}

/// What was read of files and asked of the workflow, once and before anything is written.
struct Bound {
  BoundInputs inputs = {};
  core::TextMap env = {};
};

Result<Bound> bound_by(const UpdateOptions& options,
                       const std::string& workflow_id,
                       Context& context) {
  Bound bound;
  if (asks_workflow(options.binding)) {
    GOFLOW_TRY(bound.inputs,
               bind_to_workflow(options.binding, workflow_id, options.output, context));
  }
  GOFLOW_TRY(bound.env, bound_env(options.binding, context));
  return bound;
}

core::Object changed_inputs(const core::Object& inputs,
                            const BoundInputs& bound,
                            std::vector<std::string> removed) {
  // Null takes back what was bound.
  for (const auto& [name, value] : bound.written) {
    if (bound.checked.find(name) == nullptr) removed.push_back(name);
  }
  return core::without(core::layered(inputs, bound.checked), removed);
}

void remove_all(core::TextMap& texts, const std::vector<std::string>& removed) {
  for (const std::string& name : removed) {
    texts.erase(name);
  }
}

Result<void> change(Instance& instance,
                    const UpdateOptions& options,
                    const Bound& bound,
                    Context& context) {
  if (options.name) {
    GOFLOW_TRY(core::slug_of(*options.name));
    instance.name = *options.name;
  }
  if (options.binding.description) instance.description = *options.binding.description;
  instance.inputs = changed_inputs(instance.inputs, bound.inputs, options.uninputs);
  instance.env = core::layered(std::move(instance.env), bound.env);
  remove_all(instance.env, options.unenvs);
  GOFLOW_TRY(instance.credentials, bindings_of(options.binding.credentials, instance.credentials));
  remove_all(instance.credentials.keys, options.uncredentials);
  GOFLOW_TRY(core::change_labels(instance.labels, options.binding.labels, options.unlabels));
  instance.audit.updated_by = context.user_name();
  instance.audit.updated_at = context.now();
  instance.audit.event = "updated";
  return {};
}

Result<void> run(const UpdateOptions& options, Context& context) {
  GOFLOW_TRY(check(options));
  GOFLOW_TRY(core::InstanceStore * store, context.instances_if_any());
  GOFLOW_TRY(const Instance found, find_instance(options.instance, store));
  GOFLOW_TRY(const Bound bound, bound_by(options, found.workflow_id, context));
  GOFLOW_TRY(Instance updated, store->update(found.id, [&](Instance& instance) {
    return change(instance, options, bound, context);
  }));
  if (options.output.is_text()) {
    context.tell("updated '" + updated.slug + "'");
    return {};
  }
  GOFLOW_TRY(const InstanceView view, view_of(std::move(updated), context));
  write_records(context.out(), options.output, instance_record(view));
  return {};
}

}  // namespace

std::unique_ptr<Action> instance_update() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
