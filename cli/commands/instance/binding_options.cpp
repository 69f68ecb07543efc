#include "cli/commands/instance/binding_options.hpp"

#include "cli/arguments/workflow_argument.hpp"
#include "core/instance/binding.hpp"
#include "core/workflow/inputs.hpp"
#include "core/workflow/secret_names.hpp"

namespace goflow::cli {

using core::Result;

void declare_binding(Command& command, BindingOptions& options) {
  command.option("--description TEXT", options.description, "what it is for");
  command.option("--label K=V", options.labels, "a label, to tell it by");
  command.group("What it binds");
  command.option("--input K=V", options.inputs.inputs, "k=text typed as declared, k=@file, k:=JSON")
      .also("--var");
  command.option("-i, --inputs FILE", options.inputs.file, "a JSON or YAML object; - is stdin")
      .completes(CompletesWith::file);
  command.option("--env K=V", options.env, "an environment variable of its shell nodes");
  command.group("");
  declare_bindings(command, options.credentials);
}

bool asks_workflow(const BindingOptions& options) {
  return !options.inputs.inputs.empty() || !options.inputs.file.empty() ||
         !options.credentials.keys.empty();
}

Result<BoundInputs> bind_to_workflow(const BindingOptions& options,
                                     const std::string& workflow_id,
                                     const OutputChoice& output,
                                     Context& context) {
  GOFLOW_TRY(const WorkflowSource source, find_saved_workflow(workflow_id, context));
  GOFLOW_TRY(const core::Workflow workflow, read_checked(source, output, context));
  const auto read = [&context](const std::string& path) { return context.read_input(path); };
  BoundInputs inputs;
  GOFLOW_TRY(inputs.written, collect_inputs(options.inputs, read));
  GOFLOW_TRY(inputs.checked, core::check_inputs(workflow, inputs.written));
  GOFLOW_TRY(check_bound_names(workflow, options.credentials, context));
  return inputs;
}

Result<core::TextMap> bound_env(const BindingOptions& options, Context& context) {
  GOFLOW_TRY(core::TextMap env, core::checked_env(options.env));
  for (const auto& [name, value] : env) {
    if (!core::is_secret_name(name)) continue;
    context.err().line("warning: '" + name +
                       "' looks like a secret, and is kept as it is written; keep it in a "
                       "credential: goflow cred set NAME");
  }
  return env;
}

}  // namespace goflow::cli
