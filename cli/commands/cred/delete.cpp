// goflow cred delete: forget credentials for good.
#include "cli/arguments/credential_argument.hpp"
#include "cli/arguments/credential_rotation.hpp"
#include "cli/arguments/credential_uses.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/io/prompt.hpp"
#include "cli/io/records.hpp"

namespace goflow::cli {
namespace {

using core::CredentialKey;
using core::CredentialNamespace;
using core::Error;
using core::ErrorCode;
using core::Result;

constexpr Field fields[] = {
    {"key", "its name"},
    {"namespace", "the namespace it was in, empty for none"},
    {"deleted", "false with --dry-run"},
};

struct DeleteOptions {
  std::vector<std::string> keys;
  std::string credential_namespace;
  bool yes = false;
  bool dry_run = false;
  OutputChoice output;
};

void declare(Command& command, DeleteOptions& options) {
  command.summary("delete credentials")
      .describe(
          "The value, the value before the last rotation, and what is known of it. There is no way "
          "back; the workflows that name it cannot be run until it is set again.")
      .example("goflow cred delete github", "asks first")
      .example("goflow cred delete --yes github gitlab", "for scripts")
      .exit_code(3, "there is no such credential; nothing was deleted")
      .exit_code(4, "no keyring can be used, or it is locked");
  command.positional("KEY...", options.keys, "names of credentials")
      .completes(CompletesWith::credential);
  declare_namespace(command, options.credential_namespace);
  command.flag("-y, --yes", options.yes, "do not ask");
  command.flag("--dry-run", options.dry_run, "only say what would be deleted");
  command.json(options.output, fields);
}

/// It has a value, or something is known of it.
Result<void> check_known(const CredentialKey& key,
                         const CredentialNamespace& credential_namespace,
                         Context& context) {
  GOFLOW_TRY(const auto metadata, find_metadata(key, credential_namespace, context));
  if (metadata) return {};
  GOFLOW_TRY(const auto* opened,
             context.credentials(credential_namespace, quoted(key, credential_namespace)));
  GOFLOW_TRY(const bool exists, opened->store->exists(key));
  if (!exists) return no_credential(key, credential_namespace, context);
  return {};
}

Result<void> check_agreed(const CredentialKey& key,
                          const CredentialNamespace& credential_namespace,
                          const DeleteOptions& options,
                          Context& context) {
  const Consent consent = context.consent(options.yes);
  if (consent == Consent::given) return {};
  GOFLOW_TRY(const CredentialUses uses, find_credential_uses(context));
  const std::string users = joined(users_of(uses, credential_namespace, key.text()));
  const std::string question = "delete credential " + quoted(key, credential_namespace) +
                               (users.empty() ? "" : ", which is used by " + users) + "?";
  GOFLOW_TRY(const bool is_sure, confirm(context.terminal(), question, consent));
  if (!is_sure) return Error{ErrorCode::cancelled, "nothing was deleted"};
  return {};
}

Result<void> delete_one(const CredentialKey& key,
                        const CredentialNamespace& credential_namespace,
                        Context& context) {
  GOFLOW_TRY(const auto* opened,
             context.credentials(credential_namespace, quoted(key, credential_namespace)));
  GOFLOW_TRY(auto rotation, open_rotation(*opened->store, credential_namespace, context));
  GOFLOW_TRY(rotation.remove(key));
  drop_overdue(*opened->store, credential_namespace, context);
  return {};
}

Result<void> run(const DeleteOptions& options, Context& context) {
  GOFLOW_TRY(const auto credential_namespace,
             CredentialNamespace::parse(options.credential_namespace));
  std::vector<CredentialKey> keys;
  for (const std::string& written : options.keys) {
    GOFLOW_TRY(CredentialKey key, CredentialKey::parse(written));
    GOFLOW_TRY(check_known(key, credential_namespace, context));
    keys.push_back(std::move(key));
  }
  core::Array records;
  for (const CredentialKey& key : keys) {
    if (!options.dry_run) {
      GOFLOW_TRY(check_agreed(key, credential_namespace, options, context));
      GOFLOW_TRY(delete_one(key, credential_namespace, context));
    }
    records.emplace_back(core::Object{{"key", key.text()},
                                      {"namespace", credential_namespace.text()},
                                      {"deleted", !options.dry_run}});
    if (!options.output.is_text()) continue;
    context.tell((options.dry_run ? "would delete " : "deleted ") +
                 quoted(key, credential_namespace));
  }
  if (!options.output.is_text()) write_records(context.out(), options.output, records);
  return {};
}

}  // namespace

std::unique_ptr<Action> cred_delete() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
