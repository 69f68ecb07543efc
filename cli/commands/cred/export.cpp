// goflow cred export: credentials in a file that only a passphrase opens.
#include "cli/arguments/credential_argument.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/cred/export_passphrase.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"
#include "credentials/export_file/export_file.hpp"

#include <sys/stat.h>

#include <algorithm>

namespace goflow::cli {
namespace {

using core::CredentialKey;
using core::CredentialNamespace;
using core::Error;
using core::ErrorCode;
using core::Result;
using credentials::ExportedCredential;

constexpr Field fields[] = {
    {"key", "the name of a credential in the file"},
    {"namespace", "the namespace it is in, empty for none"},
};

struct ExportOptions {
  std::string file;
  std::vector<std::string> keys;
  std::string credential_namespace;
  bool all_namespaces = false;
  std::optional<std::string> passphrase_file;
  OutputChoice output;
};

void declare(Command& command, ExportOptions& options) {
  command.summary("write credentials to a file that only a passphrase opens")
      .describe(
          "The file holds the values, their namespace and what is known of them, encrypted. Values "
          "from before a rotation stay here. There is no export that can be read without the "
          "passphrase; nobody can help who forgets it.")
      .example("goflow cred export keys.goflow", "all of no namespace; asks for a passphrase twice")
      .example("goflow cred export keys.goflow --all-namespaces", "all that there are")
      .example("goflow cred export keys.goflow github prod/db --passphrase-file words.txt",
               "two of them, for scripts")
      .exit_code(3, "there is no such credential")
      .exit_code(6, "the file is there and is no export of goflow");
  command.positional("FILE", options.file, "where to write; an earlier export is replaced")
      .completes(CompletesWith::file);
  command.positional("[KEY...]", options.keys, "only these credentials")
      .completes(CompletesWith::credential);
  declare_namespace(command, options.credential_namespace);
  declare_all_namespaces(command, options.all_namespaces);
  declare_export_passphrase(command, options.passphrase_file);
  command.json(options.output, fields);
}

/// Before anybody types a passphrase for nothing.
Result<void> check_target(const std::string& path) {
  constexpr const char* hint = "give the name of a file: goflow cred export keys.goflow";
  if (path == "-") {
    return Error{ErrorCode::invalid_argument, "credentials are not written to stdout"}.with_hint(
        hint);
  }
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) return {};
  if (!S_ISREG(status.st_mode)) {
    return Error{ErrorCode::invalid_argument, "'" + path + "' is no regular file"}.with_hint(hint);
  }
  const bool is_export = status.st_size == 0 || credentials::ExportFile::read(path).ok();
  if (is_export) return {};
  return Error{ErrorCode::already_exists,
               "'" + path + "' is there, and is no export that could be replaced"}
      .with_hint("give another name, or remove it first");
}

/// All that there are, when none is named.
Result<std::vector<CredentialKey>> wanted_keys(const ExportOptions& options,
                                               core::CredentialStore& store) {
  std::vector<CredentialKey> keys;
  for (const std::string& word : options.keys) {
    GOFLOW_TRY(CredentialKey key, CredentialKey::parse(word));
    const bool is_new = std::find(keys.begin(), keys.end(), key) == keys.end();
    if (is_new) keys.push_back(std::move(key));
  }
  if (!keys.empty()) return keys;
  GOFLOW_TRY(auto listed, store.list());
  for (core::StoredCredential& credential : listed) {
    keys.push_back(std::move(credential.key));
  }
  return keys;
}

Result<void> fetch_from(const CredentialNamespace& credential_namespace,
                        const ExportOptions& options,
                        Context& context,
                        std::vector<ExportedCredential>& credentials) {
  GOFLOW_TRY(const auto* opened, context.credentials(credential_namespace, "the export"));
  GOFLOW_TRY(const auto keys, wanted_keys(options, *opened->store));
  for (const CredentialKey& key : keys) {
    GOFLOW_TRY(auto value, opened->store->get(key));
    if (!value) return no_credential(key, credential_namespace, context);
    GOFLOW_TRY(auto metadata, find_metadata(key, credential_namespace, context));
    credentials.push_back({credential_namespace, key, *std::move(value), std::move(metadata)});
  }
  return {};
}

Result<std::vector<ExportedCredential>> fetch(const ExportOptions& options, Context& context) {
  if (options.all_namespaces && !options.keys.empty()) {
    return Error{ErrorCode::invalid_argument, "--all-namespaces takes all keys"}.with_hint(
        "leave out the keys, or say where they are: --namespace NS");
  }
  GOFLOW_TRY(const auto described, find_described(context));
  GOFLOW_TRY(const auto namespaces,
             asked_namespaces(options.credential_namespace, options.all_namespaces, described));
  std::vector<ExportedCredential> credentials;
  for (const CredentialNamespace& credential_namespace : namespaces) {
    GOFLOW_TRY(fetch_from(credential_namespace, options, context, credentials));
  }
  if (!credentials.empty()) return credentials;
  return Error{ErrorCode::not_found, "there are no credentials to export"}.with_hint(
      "store one first: goflow cred set KEY");
}

void say(const ExportOptions& options,
         const std::vector<ExportedCredential>& exported,
         Context& context) {
  if (options.output.is_text()) {
    const std::string what = exported.size() == 1
                                 ? "'" + exported.front().key.text() + "'"
                                 : std::to_string(exported.size()) + " credentials";
    return context.tell("exported " + what + " to '" + options.file +
                        "'; on another machine: goflow cred import FILE");
  }
  core::Array records;
  for (const ExportedCredential& credential : exported) {
    records.emplace_back(core::Object{{"key", credential.key.text()},
                                      {"namespace", credential.credential_namespace.text()}});
  }
  write_records(context.out(), options.output, records);
}

Result<void> run(const ExportOptions& options, Context& context) {
  GOFLOW_TRY(check_target(options.file));
  GOFLOW_TRY(const auto credentials, fetch(options, context));
  GOFLOW_TRY(const core::Secret passphrase, new_passphrase(options.passphrase_file, context));
  GOFLOW_TRY(credentials::write_export_file(options.file, credentials, passphrase));
  say(options, credentials, context);
  return {};
}

}  // namespace

std::unique_ptr<Action> cred_export() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
