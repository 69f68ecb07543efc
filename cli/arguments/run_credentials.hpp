// The credentials of a run: which ones it needs, where it finds them, and their values, looked up
// before anything is begun.
#pragma once

#include "cli/command/command.hpp"
#include "cli/context.hpp"
#include "core/base/result.hpp"
#include "core/execution/execution.hpp"
#include "core/secret/run_secrets.hpp"
#include "core/workflow/workflow.hpp"

#include <optional>
#include <string>
#include <vector>

namespace goflow::cli {

/// As they are typed, each "NAME=…".
struct CredentialArguments {
  std::vector<std::string> keys;
  std::vector<std::string> files;
  std::vector<std::string> variables;
  std::optional<std::string> credential_namespace;
};

void declare_credentials(Command& command, CredentialArguments& arguments);
/// Only what is recorded, for a run that somebody starts later.
void declare_bindings(Command& command, CredentialArguments& arguments);
/// The words that hand them on to another goflow.
std::vector<std::string> words_of(const CredentialArguments& arguments);

/// What is recorded, and over it what was given now.
core::Result<core::CredentialBindings> bindings_of(const CredentialArguments& arguments,
                                                   core::CredentialBindings recorded = {});

/// invalid_argument: a key was given for a name that neither the workflow nor one within it asks
/// for.
core::Result<void> check_bound_names(const core::Workflow& workflow,
                                     const CredentialArguments& arguments,
                                     Context& context);

/// Of a run that does not exist yet, or of the one that is recorded as `execution`: those of the
/// runs within it are looked up with its own. Opens no keyring when nothing is needed. Warns of
/// what is expired.
///
/// What is given now counts for now: only create_execution() records it.
///
/// credential: one is missing, or the keyring cannot answer. invalid_argument: a name was given
/// that the workflow does not ask for.
core::Result<core::RunSecrets> look_up_credentials(const core::Workflow& workflow,
                                                   const core::CredentialBindings& bindings,
                                                   const CredentialArguments& arguments,
                                                   Context& context);
core::Result<core::RunSecrets> look_up_credentials(const core::Workflow& workflow,
                                                   const core::Execution& execution,
                                                   const CredentialArguments& arguments,
                                                   Context& context);

}  // namespace goflow::cli
