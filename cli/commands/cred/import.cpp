// goflow cred import: take over the credentials of an export file.
#include "cli/arguments/credential_argument.hpp"
#include "cli/arguments/credential_rotation.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/cred/export_passphrase.hpp"
#include "cli/commands/cred/short_values.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"
#include "cli/io/table.hpp"
#include "credentials/export_file/export_file.hpp"

#include <map>
#include <span>

namespace goflow::cli {
namespace {

using core::CredentialMetadata;
using core::CredentialMetadataStore;
using core::CredentialStore;
using core::Error;
using core::ErrorCode;
using core::Result;
using credentials::ExportedCredential;

enum class OnConflict { skip, replace, fail };
enum class Change { created, replaced, skipped };

constexpr Field fields[] = {
    {"key", "the name of the credential"},
    {"namespace", "the namespace it is in, empty for none"},
    {"change", "created, replaced or skipped"},
};

struct ImportOptions {
  std::string file;
  OnConflict on_conflict = OnConflict::fail;
  std::optional<std::string> passphrase_file;
  OutputChoice output;
};

/// What is to become of one credential of the file.
struct Intention {
  const ExportedCredential* credential;
  CredentialStore* store;
  Change change;
};

void declare(Command& command, ImportOptions& options) {
  command.summary("take over the credentials of an export file")
      .describe(
          "The whole file is checked before anything is written. Each credential goes to the "
          "namespace it came from, with what is known of it. Where a key exists already, nothing "
          "at all is imported unless --on-conflict says what to do.")
      .example("goflow cred import keys.goflow", "asks for the passphrase")
      .example("goflow cred import keys.goflow --on-conflict skip", "keeps what is there")
      .exit_code(3, "there is no such file")
      .exit_code(4, "the passphrase is wrong, the file is damaged or open to others")
      .exit_code(6, "some of the keys exist already, and nothing was imported");
  command.positional("FILE", options.file, "a file that goflow cred export wrote")
      .completes(CompletesWith::file);
  command.option(
      "--on-conflict WHAT",
      options.on_conflict,
      Choices<OnConflict>{
          {"skip", OnConflict::skip}, {"replace", OnConflict::replace}, {"fail", OnConflict::fail}},
      "where a key exists already: keep it, take that of the file, or import nothing");
  declare_export_passphrase(command, options.passphrase_file);
  command.json(options.output, fields);
}

std::string_view to_string(Change change) {
  switch (change) {
    case Change::created:
      return "created";
    case Change::replaced:
      return "replaced";
    case Change::skipped:
      return "skipped";
  }
  return "skipped";
}

Result<std::vector<ExportedCredential>> read_export(const ImportOptions& options,
                                                    Context& context) {
  GOFLOW_TRY(const auto file, credentials::ExportFile::read(options.file));
  GOFLOW_TRY(const core::Secret passphrase, known_passphrase(options.passphrase_file, context));
  return file.open(passphrase);
}

Result<void> check_conflicts(const std::vector<Intention>& intentions) {
  std::string keys;
  for (const Intention& intention : intentions) {
    if (intention.change == Change::created) continue;
    keys += (keys.empty() ? "" : ", ") +
            quoted(intention.credential->key, intention.credential->credential_namespace);
  }
  if (keys.empty()) return {};
  return Error{ErrorCode::already_exists,
               "nothing was imported, because there are already: " + keys}
      .with_hint("keep these: --on-conflict skip; take those of the file: --on-conflict replace");
}

/// already_exists: some are there, and nothing was said of what to do then.
Result<std::vector<Intention>> make_intentions(const std::vector<ExportedCredential>& credentials,
                                               OnConflict on_conflict,
                                               Context& context) {
  const Change over_existing =
      on_conflict == OnConflict::replace ? Change::replaced : Change::skipped;
  std::vector<Intention> intentions;
  for (const ExportedCredential& credential : credentials) {
    GOFLOW_TRY(const auto* opened,
               context.credentials(credential.credential_namespace, "the import"));
    GOFLOW_TRY(const bool is_there, opened->store->exists(credential.key));
    intentions.push_back({.credential = &credential,
                          .store = opened->store.get(),
                          .change = is_there ? over_existing : Change::created});
  }
  if (on_conflict == OnConflict::fail) GOFLOW_TRY(check_conflicts(intentions));
  return intentions;
}

/// nullopt: nothing is known of it. A value from before a rotation that is kept here stays known.
std::optional<CredentialMetadata> metadata_after(const Intention& intention,
                                                 const std::optional<CredentialMetadata>& before,
                                                 core::Timestamp now) {
  std::optional<CredentialMetadata> after = intention.credential->metadata;
  if (!after && before) {
    after = before;
    after->updated_at = now;
    after->expires_at.reset();
  }
  if (after && before) after->previous_until = before->previous_until;
  return after;
}

Result<void> carry_out(const Intention& intention,
                       CredentialMetadataStore& metadata,
                       core::Timestamp now) {
  if (intention.change == Change::skipped) return {};
  const auto& [credential_namespace, key, value, known] = *intention.credential;
  GOFLOW_TRY(intention.store->set(key, value));
  GOFLOW_TRY(const auto before, metadata.find(credential_namespace, key));
  const auto after = metadata_after(intention, before, now);
  if (!after) return {};
  return metadata.put(credential_namespace, key, *after);
}

void drop_overdue(const std::vector<Intention>& intentions, Context& context) {
  std::map<core::CredentialNamespace, CredentialStore*> stores;
  for (const Intention& intention : intentions) {
    stores.emplace(intention.credential->credential_namespace, intention.store);
  }
  for (const auto& [credential_namespace, store] : stores) {
    cli::drop_overdue(*store, credential_namespace, context);
  }
}

/// How many were carried out, to the end or to the first that failed.
struct Progress {
  std::vector<Intention> intentions = {};
  std::size_t done = 0;
  Result<void> outcome = {};
};

/// In its turn, and with a new look at what is there: another goflow may have stored something
/// while somebody was asked for a passphrase.
Result<Progress> carry_out_all(const std::vector<ExportedCredential>& credentials,
                               OnConflict on_conflict,
                               Context& context) {
  GOFLOW_TRY(CredentialMetadataStore * metadata, context.credential_metadata());
  GOFLOW_TRY(const core::CredentialTurn turn, take_credential_turn(context));
  Progress progress;
  GOFLOW_TRY(progress.intentions, make_intentions(credentials, on_conflict, context));
  drop_overdue(progress.intentions, context);
  for (const Intention& intention : progress.intentions) {
    progress.outcome = carry_out(intention, *metadata, context.now());
    if (!progress.outcome) return progress;
    ++progress.done;
  }
  return progress;
}

void warn_of_short_ones(std::span<const Intention> imported, Context& context) {
  std::string names;
  for (const Intention& intention : imported) {
    const ExportedCredential& credential = *intention.credential;
    const bool is_safe =
        intention.change == Change::skipped || can_be_masked(credential.value, credential.metadata);
    if (is_safe) continue;
    names += (names.empty() ? "" : ", ") + quoted(credential.key, credential.credential_namespace);
  }
  if (!names.empty()) warn_of_short_values(context, names);
}

void report(std::span<const Intention> imported, const OutputChoice& output, Context& context) {
  core::Array records;
  Table table({{"NAME"}, {"NAMESPACE"}, {"CHANGE"}});
  for (const Intention& intention : imported) {
    const std::string& name = intention.credential->key.text();
    const std::string& credential_namespace = intention.credential->credential_namespace.text();
    const std::string_view change = to_string(intention.change);
    table.add({text_cell(name),
               credential_namespace.empty() ? blank_cell() : text_cell(credential_namespace),
               text_cell(change)});
    records.emplace_back(
        core::Object{{"key", name}, {"namespace", credential_namespace}, {"change", change}});
  }
  if (output.is_text()) return table.write(context.terminal());
  write_records(context.out(), output, records);
}

Result<void> run(const ImportOptions& options, Context& context) {
  GOFLOW_TRY(const auto credentials, read_export(options, context));
  // Asks for what the store needs, and refuses at once what cannot be.
  GOFLOW_TRY(make_intentions(credentials, options.on_conflict, context));
  GOFLOW_TRY(const Progress progress, carry_out_all(credentials, options.on_conflict, context));
  const auto imported = std::span(progress.intentions).first(progress.done);
  warn_of_short_ones(imported, context);
  report(imported, options.output, context);
  if (progress.outcome) return {};
  const ExportedCredential& failed = *progress.intentions[progress.done].credential;
  return Error(progress.outcome.error())
      .with_context("cannot import " + quoted(failed.key, failed.credential_namespace));
}

}  // namespace

std::unique_ptr<Action> cred_import() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
