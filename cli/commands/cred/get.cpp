// goflow cred get: the value of a credential, for a program.
#include "cli/arguments/credential_argument.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "core/base/suggest.hpp"
#include "core/secret/structured.hpp"

#include <algorithm>

namespace goflow::cli {
namespace {

using core::CredentialKey;
using core::CredentialNamespace;
using core::Error;
using core::ErrorCode;
using core::Result;
using core::Secret;

struct GetOptions {
  std::string key;
  std::string credential_namespace;
  std::optional<std::string> field;
  bool previous = false;
  bool reveal = false;
};

void declare(Command& command, GetOptions& options) {
  command.summary("write the value of a credential to a pipe or a file")
      .describe(
          "Exactly the bytes that were stored. On a terminal, where others may look on and what is "
          "shown stays to be read, only with --reveal; then a line ending is added.")
      .example("goflow cred get github | gh auth login --with-token", "to a program")
      .example("goflow cred get prod/db --field password --reveal", "one field, for the eye")
      .exit_code(3, "there is no such credential, field or previous value")
      .exit_code(4, "no keyring can be used, or it is locked");
  command.positional("KEY", options.key, "its name").completes(CompletesWith::credential);
  declare_namespace(command, options.credential_namespace);
  command.option("--field FIELD", options.field, "only this field of a structured value");
  command.flag(
      "--previous", options.previous, "the value before the last rotation, as long as it is kept");
  command.flag("--reveal", options.reveal, "also on a terminal");
}

Result<std::optional<Secret>> find_field(core::CredentialStore& store,
                                         const CredentialKey& key,
                                         const std::string& name) {
  GOFLOW_TRY(auto fields, core::get_structured(store, key));
  if (!fields) return std::optional<Secret>();
  std::vector<std::string> names;
  for (core::SecretField& field : *fields) {
    if (field.name == name) return std::optional(std::move(field.value));
    names.push_back(field.name);
  }
  std::string hint = core::did_you_mean(name, names);
  if (hint.empty()) hint = "see what it consists of: goflow cred get " + key.text() + " | jq keys";
  return Error{ErrorCode::not_found, "credential '" + key.text() + "' has no field '" + name + "'"}
      .with_hint(hint);
}

Error no_previous(const CredentialKey& key, const CredentialNamespace& credential_namespace) {
  return Error{ErrorCode::not_found,
               "no previous value of " + quoted(key, credential_namespace) + " is kept"}
      .with_hint("the current one: goflow cred get " + key.text());
}

/// Past its grace it is never handed out, also while it is still there.
Result<void> check_previous(const CredentialKey& key,
                            const CredentialNamespace& credential_namespace,
                            Context& context) {
  GOFLOW_TRY(const auto metadata, find_metadata(key, credential_namespace, context));
  const bool is_kept =
      metadata && metadata->previous_until && *metadata->previous_until > context.now();
  if (!is_kept) return no_previous(key, credential_namespace);
  return {};
}

Result<Secret> find_value(const GetOptions& options, Context& context) {
  GOFLOW_TRY(const CredentialKey key, CredentialKey::parse(options.key));
  GOFLOW_TRY(const auto credential_namespace,
             CredentialNamespace::parse(options.credential_namespace));
  GOFLOW_TRY(const auto* opened,
             context.credentials(credential_namespace, quoted(key, credential_namespace)));
  if (options.previous) GOFLOW_TRY(check_previous(key, credential_namespace, context));
  const CredentialKey wanted = options.previous ? CredentialKey::previous_of(key) : key;
  GOFLOW_TRY(auto value,
             options.field ? find_field(*opened->store, wanted, *options.field)
                           : opened->store->get(wanted));
  if (value) return *std::move(value);
  if (options.previous) return no_previous(key, credential_namespace);
  return no_credential(key, credential_namespace, context);
}

Result<void> run(const GetOptions& options, Context& context) {
  Output& out = context.out();
  if (out.is_terminal() && !options.reveal) {
    return Error{ErrorCode::invalid_argument, "a value is not shown on a terminal"}.with_hint(
        "send it to a program or a file, or add --reveal");
  }
  GOFLOW_TRY(const Secret value, find_value(options, context));
  out.write_secret(value.expose());
  if (out.is_terminal()) out.line("");
  return {};
}

}  // namespace

std::unique_ptr<Action> cred_get() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
