// A workflow or an instance, and what is given to it, made into an execution that is recorded as
// pending.
#pragma once

#include "cli/arguments/input_arguments.hpp"
#include "cli/arguments/run_credentials.hpp"
#include "cli/arguments/workflow_argument.hpp"
#include "cli/command/command.hpp"
#include "cli/context.hpp"
#include "core/base/result.hpp"
#include "core/execution/pipeline/creation.hpp"
#include "core/workflow/workflow.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace goflow::cli {

struct NewExecutionOptions {
  std::string command = "goflow run";  // what is typed, for hints
  std::string workflow;
  std::optional<std::string> instance;
  InputArguments inputs;
  CredentialArguments credentials;
  std::optional<std::string> name;
  std::vector<std::string> tags;
  std::vector<std::string> labels;
  bool from_stdin = false;
  // From a manifest alone.
  std::string id;
  core::Object input_values;
  core::TextMap annotations;
};

/// But for the credentials: what there is to say of them depends on when it begins.
void declare_new_execution(Command& command, NewExecutionOptions& options);

/// How far its way goes.
enum class Beginning {
  later,  // whoever takes it up, a worker or a person, looks its credentials up
  soon,   // they are looked up, and whoever was told of it starts it
  here,   // and it is started by this process
};

struct NewExecution {
  WorkflowSource source;
  core::Workflow workflow;
  core::Execution execution;
  core::RunSecrets secrets = {};
  std::unique_ptr<core::RunJournal> journal = nullptr;  // of what was started
};

/// Before the record is made nothing is left behind by a refusal. What is to be run here has to be
/// something that can be.
core::Result<NewExecution> create_new(const NewExecutionOptions& options,
                                      core::Runner runner,
                                      Beginning beginning,
                                      const OutputChoice& output,
                                      Context& context);

}  // namespace goflow::cli
