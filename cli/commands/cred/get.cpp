// goflow cred get: the value of a credential, for a program.
#include "cli/arguments/credential_argument.hpp"
#include "cli/arguments/credential_rotation.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "core/base/suggest.hpp"
#include "core/secret/structured.hpp"

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

/// Of which credential it is, and where that is kept.
struct Place {
  CredentialKey key;
  CredentialNamespace credential_namespace;
  core::CredentialStore& store;

  [[nodiscard]] std::string quoted() const { return cli::quoted(key, credential_namespace); }
  /// "github --namespace tenant-a"
  [[nodiscard]] std::string words() const { return words_for(key, credential_namespace); }
};

/// nullopt: none is kept, or its time is over.
Result<std::optional<Secret>> find_previous(const Place& place, Context& context) {
  GOFLOW_TRY(const auto* known, context.credential_metadata_if_any());
  if (known == nullptr) return std::optional<Secret>();
  GOFLOW_TRY(auto rotation, open_rotation(place.store, place.credential_namespace, context));
  return rotation.previous(place.key);
}

Result<Secret> find_whole(const GetOptions& options, const Place& place, Context& context) {
  GOFLOW_TRY(auto value,
             options.previous ? find_previous(place, context) : place.store.get(place.key));
  if (value) return *std::move(value);
  GOFLOW_TRY(const bool has_current, options.previous ? place.store.exists(place.key) : false);
  if (!has_current) return no_credential(place.key, place.credential_namespace, context);
  return Error{ErrorCode::not_found, "no previous value of " + place.quoted() + " is kept"}
      .with_hint("the current one: goflow cred get " + place.words());
}

Result<Secret> field_of(const Secret& value, const std::string& name, const Place& place) {
  auto fields = core::structured_fields(value);
  if (!fields) {
    return Error{ErrorCode::credential, "the value of " + place.quoted() + " is no JSON object"}
        .with_hint("store it anew: goflow cred set " + place.words() + " --structured");
  }
  std::vector<std::string> names;
  for (core::SecretField& field : *fields) {
    if (field.name == name) return std::move(field.value);
    names.push_back(field.name);
  }
  std::string hint = core::did_you_mean(name, names);
  if (hint.empty())
    hint = "see what it consists of: goflow cred get " + place.words() + " | jq keys";
  return Error{ErrorCode::not_found,
               "credential " + place.quoted() + " has no field '" + name + "'"}
      .with_hint(hint);
}

Result<Secret> find_value(const GetOptions& options, Context& context) {
  GOFLOW_TRY(CredentialKey key, CredentialKey::parse(options.key));
  GOFLOW_TRY(auto credential_namespace, CredentialNamespace::parse(options.credential_namespace));
  GOFLOW_TRY(const auto opened,
             context.credentials_to_show(credential_namespace, quoted(key, credential_namespace)));
  const Place place{std::move(key), std::move(credential_namespace), *opened.store};
  GOFLOW_TRY(Secret value, find_whole(options, place, context));
  if (options.field) return field_of(value, *options.field, place);
  return value;
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
