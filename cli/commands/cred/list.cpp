// goflow cred list: which credentials there are, never their values.
#include "cli/arguments/credential_argument.hpp"
#include "cli/arguments/credential_uses.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"
#include "cli/io/table.hpp"
#include "core/base/duration.hpp"
#include "core/secret/expiry.hpp"

#include <algorithm>
#include <tuple>

namespace goflow::cli {
namespace {

using core::CredentialKey;
using core::CredentialMetadata;
using core::CredentialNamespace;
using core::Error;
using core::ErrorCode;
using core::Result;
using core::Timestamp;
using core::Validity;
using core::Value;

constexpr Field fields[] = {
    {"key", "the name that workflows use"},
    {"namespace", "the namespace it is in, empty for none"},
    {"kind", "text, structured or a word of its owner; null: another program has stored it"},
    {"description", "what it is for"},
    {"labels", "an object"},
    {"public_fields", "fields of a structured value that are no secret"},
    {"used_by", "ids of the saved workflows that name it, and slugs of the instances that bind it"},
    {"created_at", "when it was first set; null: unknown"},
    {"updated_at", "when its value was last set; null: unknown"},
    {"expires_at", "until when it is good; null: for good"},
    {"expired", "true when that has passed"},
    {"previous_until", "until when the value before the last rotation is kept, or null"},
    {"store", "secret-service, keychain, wincred, file or memory"},
};

struct ListOptions {
  std::string credential_namespace;
  bool all_namespaces = false;
  bool check = false;
  std::optional<std::chrono::milliseconds> within;
  bool no_header = false;
  OutputChoice output;
};

void declare(Command& command, ListOptions& options) {
  command.summary("list credentials")
      .describe(
          "Names and what is known of them; no value is fetched. A credential that another program "
          "has stored shows '-' for what only goflow writes down.")
      .example("goflow cred list", "what there is, who uses it, until when it is good")
      .example("goflow cred list --check --within 30d", "for a monitor: exit 4 if one expires")
      .exit_code(4, "one has expired, with --check; or no keyring can be used");
  declare_namespace(command, options.credential_namespace);
  declare_all_namespaces(command, options.all_namespaces);
  command.flag("--check", options.check, "fail when one has expired");
  command.option("--within D", options.within, "fail also when one expires within this time: 30d");
  command.flag("--no-header", options.no_header, "bare rows, as in a pipe");
  command.json(options.output, fields);
  command.output_format(options.output);
}

struct Row {
  CredentialNamespace credential_namespace;
  CredentialKey key;
  std::optional<Timestamp> created_at;
  std::optional<Timestamp> updated_at;
  std::optional<CredentialMetadata> metadata;  // nullopt: another program has stored it
  credentials::Backend backend;
};

/// What goflow and the store know; another program may have changed the value since.
Row make_row(const CredentialNamespace& credential_namespace,
             const core::StoredCredential& stored,
             std::optional<CredentialMetadata> metadata,
             credentials::Backend backend) {
  Row row{credential_namespace,
          stored.key,
          stored.created_at,
          stored.updated_at,
          std::move(metadata),
          backend};
  if (!row.metadata) return row;
  row.created_at = row.metadata->created_at;
  row.updated_at = std::max(row.metadata->updated_at, stored.updated_at.value_or(Timestamp()));
  return row;
}

using Known = std::vector<core::DescribedCredential>;

std::optional<CredentialMetadata> metadata_of(const Known& known,
                                              const CredentialNamespace& credential_namespace,
                                              const CredentialKey& key) {
  const auto wanted = std::tie(credential_namespace, key);
  const auto found = std::lower_bound(known.begin(),
                                      known.end(),
                                      wanted,
                                      [](const core::DescribedCredential& one, const auto& other) {
                                        return std::tie(one.credential_namespace, one.key) < other;
                                      });
  const bool is_it =
      found != known.end() && std::tie(found->credential_namespace, found->key) == wanted;
  return is_it ? std::optional(found->metadata) : std::nullopt;
}

Result<std::vector<Row>> find_rows(const ListOptions& options, Context& context) {
  std::vector<Row> rows;
  GOFLOW_TRY(const Known known, find_described(context));
  GOFLOW_TRY(const auto namespaces,
             asked_namespaces(options.credential_namespace, options.all_namespaces, known));
  for (const CredentialNamespace& credential_namespace : namespaces) {
    GOFLOW_TRY(const auto* opened, context.credentials(credential_namespace, "the list"));
    GOFLOW_TRY(const auto stored, opened->store->list());
    for (const core::StoredCredential& credential : stored) {
      rows.push_back(make_row(credential_namespace,
                              credential,
                              metadata_of(known, credential_namespace, credential.key),
                              opened->backend));
    }
  }
  return rows;
}

Cell expires_cell(const Row& row, Timestamp now) {
  if (!row.metadata || !row.metadata->expires_at) return text_cell("-");
  const Timestamp expires = *row.metadata->expires_at;
  if (expires > now) return time_cell(expires, now);
  Cell cell = mark_cell(warning_mark("expired"));
  cell.piped = core::format_rfc3339_seconds(expires);
  return cell;
}

template <typename Rows>
void add_rows(const std::vector<Row>& rows,
              const CredentialUses& uses,
              const ListOptions& options,
              Timestamp now,
              Rows& table) {
  for (const Row& row : rows) {
    const Cell name = text_cell(row.key.text());
    const Cell kind = text_cell(row.metadata ? row.metadata->kind : "-");
    const std::string users = joined(users_of(uses, row.credential_namespace, row.key.text()));
    const Cell used_by = text_cell(users.empty() ? "-" : users);
    const Cell updated = row.updated_at ? time_cell(*row.updated_at, now) : text_cell("-");
    const Cell store = text_cell(described(row.backend));
    const Cell expires = expires_cell(row, now);
    if (!options.all_namespaces) {
      table.add({name, kind, used_by, updated, expires, store});
      continue;
    }
    const std::string& where = row.credential_namespace.text();
    table.add(
        {text_cell(where.empty() ? "-" : where), name, kind, used_by, updated, expires, store});
  }
}

void write_table(const std::vector<Row>& rows,
                 const CredentialUses& uses,
                 const ListOptions& options,
                 Context& context) {
  const TableForm form = options.no_header ? TableForm::bare : TableForm::automatic;
  if (is_bare(context.out(), form)) {
    BareRows bare(context.out());
    return add_rows(rows, uses, options, context.now(), bare);
  }
  std::vector<Column> columns{{"NAME"}, {"KIND"}, {"USED BY"}, {"UPDATED"}, {"EXPIRES"}, {"STORE"}};
  if (options.all_namespaces) columns.insert(columns.begin(), {"NAMESPACE"});
  Table table(std::move(columns));
  add_rows(rows, uses, options, context.now(), table);
  table.write(context.terminal(), form);
}

Value time_or_null(const std::optional<Timestamp>& time) {
  return time ? Value(core::format_rfc3339(*time)) : Value();
}

core::Object labels_record(const CredentialMetadata& metadata) {
  core::Object labels;
  for (const auto& [name, value] : metadata.labels) {
    labels.set(name, value);
  }
  return labels;
}

core::Array texts_record(const std::vector<std::string>& texts) {
  return {texts.begin(), texts.end()};
}

core::Object record_of(const Row& row, const CredentialUses& uses, Timestamp now) {
  const CredentialMetadata metadata = row.metadata.value_or(CredentialMetadata{{}, {}});
  return {{"key", row.key.text()},
          {"namespace", row.credential_namespace.text()},
          {"kind", row.metadata ? Value(metadata.kind) : Value()},
          {"description", metadata.description},
          {"labels", labels_record(metadata)},
          {"public_fields", texts_record(metadata.public_fields)},
          {"used_by", texts_record(users_of(uses, row.credential_namespace, row.key.text()))},
          {"created_at", time_or_null(row.created_at)},
          {"updated_at", time_or_null(row.updated_at)},
          {"expires_at", time_or_null(metadata.expires_at)},
          {"expired", validity_of(metadata, now, {}) == Validity::expired},
          {"previous_until", time_or_null(metadata.previous_until)},
          {"store", to_string(row.backend)}};
}

/// "expired: 'legacy-db'; expires within 14d: 'github'"; empty when none does.
std::string expiry_of(const std::vector<Row>& rows,
                      std::chrono::milliseconds within,
                      Timestamp now) {
  std::string expired;
  std::string soon;
  for (const Row& row : rows) {
    const Validity validity =
        row.metadata ? validity_of(*row.metadata, now, within) : Validity::good;
    if (validity == Validity::good) continue;
    std::string& names = validity == Validity::expired ? expired : soon;
    names += (names.empty() ? "" : ", ") + quoted(row.key, row.credential_namespace);
  }
  if (!expired.empty()) expired = "expired: " + expired;
  if (!soon.empty()) soon = "expires within " + core::spell_duration(within) + ": " + soon;
  return expired + (expired.empty() || soon.empty() ? "" : "; ") + soon;
}

constexpr const char* how_to_renew = "give it a new value: goflow cred rotate KEY";

/// credential: some have expired, or do so within the time asked for. Who did not ask is warned.
Result<void> check_expiry(const std::vector<Row>& rows,
                          const ListOptions& options,
                          Context& context) {
  const bool is_asked = options.check || options.within;
  auto within = options.within.value_or(std::chrono::milliseconds(0));
  if (!is_asked) {
    GOFLOW_TRY(within, context.duration(core::settings::credentials_expiry_warning));
  }
  const std::string expiry = expiry_of(rows, within, context.now());
  if (expiry.empty()) return {};
  if (is_asked) return Error{ErrorCode::credential, expiry}.with_hint(how_to_renew);
  context.err().line("warning: " + expiry + "; " + how_to_renew);
  return {};
}

Result<void> run(const ListOptions& options, Context& context) {
  GOFLOW_TRY(const std::vector<Row> rows, find_rows(options, context));
  GOFLOW_TRY(
      const CredentialUses uses,
      rows.empty() ? Result<CredentialUses>(CredentialUses()) : find_credential_uses(context));
  if (options.output.is_text()) {
    if (rows.empty()) context.tell("no credentials; keep one: goflow cred set KEY");
    write_table(rows, uses, options, context);
  } else {
    core::Array records;
    for (const Row& row : rows) {
      records.emplace_back(record_of(row, uses, context.now()));
    }
    write_records(context.out(), options.output, records);
  }
  return check_expiry(rows, options, context);
}

}  // namespace

std::unique_ptr<Action> cred_list() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
