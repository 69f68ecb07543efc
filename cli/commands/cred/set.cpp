// goflow cred set: keep a secret, by a name that workflows may use.
#include "cli/arguments/credential_argument.hpp"
#include "cli/arguments/credential_rotation.hpp"
#include "cli/arguments/secret_value.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/cred/first_steps.hpp"
#include "cli/commands/cred/metadata_arguments.hpp"
#include "cli/commands/cred/short_values.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"
#include "core/secret/structured.hpp"

namespace goflow::cli {
namespace {

using core::CredentialKey;
using core::CredentialNamespace;
using core::Error;
using core::ErrorCode;
using core::Result;
using core::Secret;

constexpr Field fields[] = {
    {"key", "the name that workflows use"},
    {"namespace", "the namespace it is in, empty for none"},
    {"kind", "text, structured or a word of yours"},
    {"created", "false when another value was replaced"},
    {"expires_at", "until when it is good; null: for good"},
    {"store", "secret-service, keychain, wincred, file or memory"},
};

struct SetOptions {
  std::string key;
  std::string credential_namespace;
  SecretValueArguments value;
  MetadataArguments metadata;
  bool no_overwrite = false;
  OutputChoice output;
};

void declare(Command& command, SetOptions& options) {
  command.summary("keep a credential")
      .describe(
          "The value comes from a file, a variable, standard input or a prompt that does not show "
          "it, never from the command line, which other users see and shells remember. It goes to "
          "the keyring of the system, or to an encrypted file; see goflow-credentials(7). A value "
          "of a single line loses its line ending, any other is kept byte for byte.")
      .example("goflow cred set github", "asks for the value")
      .example("goflow cred set github < token.txt", "from a file, or from another program")
      .example("goflow cred set prod/db --structured --public user < db.json", "several fields")
      .example("goflow cred set shop --expires 90d --label team=web", "with what is known of it")
      .exit_code(4, "no keyring can be used, or it is locked")
      .exit_code(6, "--no-overwrite was given, and it exists already")
      .keep_words_private("the value is never an argument: goflow cred set KEY < FILE");
  command.positional("KEY", options.key, "its name: github, prod/api-key")
      .completes(CompletesWith::credential);
  declare_namespace(command, options.credential_namespace);
  command.group("The value");
  declare_secret_value(command, options.value);
  command.flag("--no-overwrite", options.no_overwrite, "refuse to replace a value");
  declare_metadata(command, options.metadata);
  command.json(options.output, fields);
}

struct Target {
  const CredentialKey& key;
  const CredentialNamespace& credential_namespace;
  const credentials::OpenedCredentials& opened;
  bool is_new = false;
};

Error exists_already(const Target& target) {
  return Error{ErrorCode::already_exists,
               "credential " + quoted(target.key, target.credential_namespace) + " exists already"}
      .with_hint("to replace it, leave out --no-overwrite");
}

/// Whether it would be a new one.
Result<bool> check_may_write(const SetOptions& options, const Target& target) {
  GOFLOW_TRY(const bool exists, target.opened.store->exists(target.key));
  if (exists && options.no_overwrite) return exists_already(target);
  return !exists;
}

Result<Secret> read_value(const SetOptions& options, Context& context) {
  const std::string what = "value of '" + options.key + "'";
  if (!options.metadata.structured) {
    GOFLOW_TRY(const core::WipedBytes bytes, read_secret_value(options.value, what, context));
    return Secret::copy_of(core::as_text(bytes));
  }
  GOFLOW_TRY(Secret value, read_structured_value(options.value, what, context));
  GOFLOW_TRY(const auto members, core::structured_fields(value));
  GOFLOW_TRY(check_public_fields(options.metadata, members));
  return value;
}

/// The value is kept whatever becomes of this.
Result<core::CredentialMetadata> describe_it(const SetOptions& options,
                                             const Target& target,
                                             Context& context) {
  GOFLOW_TRY(core::CredentialMetadataStore * known, context.credential_metadata());
  GOFLOW_TRY(const auto before, known->find(target.credential_namespace, target.key));
  const core::Timestamp now = context.now();
  GOFLOW_TRY(auto metadata,
             metadata_after_set(options.metadata, target.is_new ? std::nullopt : before, now));
  if (metadata.expires_at && *metadata.expires_at <= now) {
    context.err().line("warning: " + quoted(target.key, target.credential_namespace) +
                       " has expired already");
  }
  GOFLOW_TRY(known->put(target.credential_namespace, target.key, metadata));
  return metadata;
}

void report(const SetOptions& options,
            const Target& target,
            const core::CredentialMetadata& metadata,
            Context& context) {
  if (options.output.is_text()) {
    context.tell("saved " + quoted(target.key, target.credential_namespace) + " in " +
                 place_of(target.opened) + "; check it: goflow cred test " +
                 words_for(target.key, target.credential_namespace));
    return;
  }
  const auto expires = metadata.expires_at;
  write_records(
      context.out(),
      options.output,
      core::Object{
          {"key", target.key.text()},
          {"namespace", target.credential_namespace.text()},
          {"kind", metadata.kind},
          {"created", target.is_new},
          {"expires_at", expires ? core::Value(core::format_rfc3339(*expires)) : core::Value()},
          {"store", to_string(target.opened.backend)}});
}

/// What is no name at all may be the value, typed in its place: it is not repeated.
Result<CredentialKey> read_key(const std::string& word) {
  auto key = CredentialKey::parse(word);
  if (key) return key;
  return Error{ErrorCode::invalid_argument, "that cannot be the key of a credential"}.with_hint(
      key.error().hint);
}

Result<void> run(const SetOptions& options, Context& context) {
  GOFLOW_TRY(const CredentialKey key, read_key(options.key));
  GOFLOW_TRY(const auto credential_namespace,
             CredentialNamespace::parse(options.credential_namespace));
  GOFLOW_TRY(check_metadata(options.metadata, context.now()));
  GOFLOW_TRY(const auto* opened, open_for_writing(key, credential_namespace, context));
  Target target{key, credential_namespace, *opened};
  // Before anybody types a value for nothing.
  GOFLOW_TRY(check_may_write(options, target));
  GOFLOW_TRY(const Secret value, read_value(options, context));
  GOFLOW_TRY(const core::CredentialTurn turn, take_credential_turn(context));
  GOFLOW_TRY(target.is_new, check_may_write(options, target));
  GOFLOW_TRY(opened->store->set(key, value));
  const MetadataArguments& said = options.metadata;
  if (!can_be_masked(value, said.structured, public_fields_of(said))) warn_of_short_values(context);
  auto metadata = describe_it(options, target, context);
  if (!metadata) {
    return std::move(metadata).error().with_context(
        quoted(key, credential_namespace) +
        " is stored, but nothing could be written of its kind, "
        "expiry, description and labels");
  }
  drop_overdue(*opened->store, credential_namespace, context);
  report(options, target, *metadata, context);
  return {};
}

}  // namespace

std::unique_ptr<Action> cred_set() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
