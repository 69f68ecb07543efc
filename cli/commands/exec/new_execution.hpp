// A workflow and what is given to it, made into an execution that is recorded as pending.
#pragma once

#include "cli/arguments/input_arguments.hpp"
#include "cli/arguments/run_credentials.hpp"
#include "cli/arguments/workflow_argument.hpp"
#include "cli/command/command.hpp"
#include "cli/context.hpp"
#include "core/base/result.hpp"
#include "core/execution/create_execution.hpp"
#include "core/workflow/workflow.hpp"

#include <optional>
#include <string>
#include <vector>

namespace goflow::cli {

struct NewExecutionOptions {
  std::string command = "goflow run";  // what is typed, for hints
  std::string workflow;
  InputArguments inputs;
  CredentialArguments credentials;
  std::optional<std::string> name;
  std::vector<std::string> tags;
  std::vector<std::string> labels;
  bool from_stdin = false;
  bool begins_now = false;  // its credentials are looked up before it is recorded
  bool runs_here = false;   // this process owns it from the first
  bool is_queued = false;   // left to a worker
  // From a manifest alone.
  std::string id;
  core::Object input_values;
  core::TextMap annotations;
};

/// But for the credentials: what there is to say of them depends on when it begins.
void declare_new_execution(Command& command, NewExecutionOptions& options);

/// Before the record is made nothing is left behind by a refusal. What is to be run here has to be
/// something that can be.
struct NewExecution {
  WorkflowSource source;
  core::Workflow workflow;
  core::Execution execution;
  core::RunSecrets secrets = {};  // of what begins now
};
core::Result<NewExecution> create_new(const NewExecutionOptions& options,
                                      core::Runner runner,
                                      const OutputChoice& output,
                                      Context& context);

}  // namespace goflow::cli
