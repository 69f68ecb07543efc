// What can be bound to a workflow on the command line, when an instance is made or changed.
#pragma once

#include "cli/arguments/input_arguments.hpp"
#include "cli/arguments/run_credentials.hpp"
#include "cli/command/command.hpp"
#include "cli/context.hpp"
#include "core/base/result.hpp"
#include "core/value/value.hpp"

#include <optional>
#include <string>
#include <vector>

namespace goflow::cli {

struct BindingOptions {
  InputArguments inputs;
  std::vector<std::string> env;
  CredentialArguments credentials;
  std::vector<std::string> labels;
  std::optional<std::string> description;
};

void declare_binding(Command& command, BindingOptions& options);

/// Whether something is bound that only the workflow can say whether it takes it.
bool asks_workflow(const BindingOptions& options);

/// What was written for inputs, and what the workflow makes of it: each of its declared type,
/// without those that are null.
struct BoundInputs {
  core::Object written = {};
  core::Object checked = {};
};
/// Files are read and the saved workflow is asked; see core::check_inputs(). Also checks the names
/// of credentials. not_found: there is no such workflow; invalid_workflow: it is not valid.
core::Result<BoundInputs> bind_to_workflow(const BindingOptions& options,
                                           const std::string& workflow_id,
                                           const OutputChoice& output,
                                           Context& context);

/// As it was written; warns of what looks like a secret and would be kept in plain text.
core::Result<core::TextMap> bound_env(const BindingOptions& options, Context& context);

}  // namespace goflow::cli
