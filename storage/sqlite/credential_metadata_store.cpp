#include "storage/sqlite/credential_metadata_store.hpp"

#include "core/value/json.hpp"
#include "storage/sqlite/query.hpp"
#include "storage/sqlite/rows.hpp"

#include <mutex>
#include <string_view>

namespace goflow::storage {
namespace {

using core::CredentialKey;
using core::CredentialMetadata;
using core::CredentialNamespace;
using core::DescribedCredential;
using core::Result;

constexpr std::string_view upsert = R"sql(
INSERT OR REPLACE INTO credential_metadata (namespace, key, created_at, updated_at, expires_at,
    description, labels, kind, public_fields, previous_until)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10))sql";

constexpr std::string_view select_one = R"sql(
SELECT created_at, updated_at, expires_at, description, labels, kind, public_fields, previous_until
  FROM credential_metadata WHERE namespace = ?1 AND key = ?2)sql";

constexpr std::string_view select_all = R"sql(
SELECT namespace, key, created_at, updated_at, expires_at, description, labels, kind, public_fields,
    previous_until
  FROM credential_metadata ORDER BY namespace, key)sql";

constexpr std::string_view delete_one = R"sql(
DELETE FROM credential_metadata WHERE namespace = ?1 AND key = ?2)sql";

std::string labels_column(const std::map<std::string, std::string>& labels) {
  core::Object object;
  for (const auto& [name, value] : labels) {
    object.set(name, value);
  }
  return core::to_json(std::move(object));
}

std::map<std::string, std::string> read_labels(Query& row) {
  std::map<std::string, std::string> labels;
  const core::Value object = read_json(row);
  if (!object.is_object()) return labels;
  for (const auto& [name, value] : object.as_object()) {
    labels.emplace(name, core::to_text(value));
  }
  return labels;
}

std::string fields_column(const std::vector<std::string>& fields) {
  return core::to_json(core::Array(fields.begin(), fields.end()));
}

std::vector<std::string> read_fields(Query& row) {
  std::vector<std::string> fields;
  const core::Value array = read_json(row);
  if (!array.is_array()) return fields;
  for (const core::Value& field : array.as_array()) {
    fields.push_back(core::to_text(field));
  }
  return fields;
}

CredentialMetadata read_metadata(Query& row) {
  CredentialMetadata metadata;
  metadata.created_at = read_time(row);
  metadata.updated_at = read_time(row);
  metadata.expires_at = core::parse_rfc3339(row.text());
  metadata.description = row.text();
  metadata.labels = read_labels(row);
  metadata.kind = row.text();
  metadata.public_fields = read_fields(row);
  metadata.previous_until = core::parse_rfc3339(row.text());
  return metadata;
}

/// Threads take turns at its connection.
class SqliteCredentialMetadataStore final : public core::CredentialMetadataStore {
 public:
  explicit SqliteCredentialMetadataStore(std::shared_ptr<Database> database)
      : database_(std::move(database)) {}

  Result<void> put(const CredentialNamespace& credential_namespace,
                   const CredentialKey& key,
                   const CredentialMetadata& metadata) override;
  Result<std::optional<CredentialMetadata>> find(const CredentialNamespace& credential_namespace,
                                                 const CredentialKey& key) override;
  Result<bool> remove(const CredentialNamespace& credential_namespace,
                      const CredentialKey& key) override;
  Result<std::vector<DescribedCredential>> list() override;

 private:
  Result<std::vector<DescribedCredential>> list_now();

  std::mutex mutex_;
  std::shared_ptr<Database> database_;
};

Result<void> SqliteCredentialMetadataStore::put(const CredentialNamespace& credential_namespace,
                                                const CredentialKey& key,
                                                const CredentialMetadata& metadata) {
  const std::scoped_lock turn(mutex_);
  return database_->write([&]() -> Result<void> {
    Query(*database_, upsert)
        .bind(credential_namespace.text(),
              key.text(),
              metadata.created_at,
              metadata.updated_at,
              metadata.expires_at,
              metadata.description,
              labels_column(metadata.labels),
              metadata.kind,
              fields_column(metadata.public_fields),
              metadata.previous_until)
        .run();
    return {};
  });
}

Result<std::optional<CredentialMetadata>> SqliteCredentialMetadataStore::find(
    const CredentialNamespace& credential_namespace, const CredentialKey& key) {
  const std::scoped_lock turn(mutex_);
  return database_->read([&]() -> Result<std::optional<CredentialMetadata>> {
    Query row(*database_, select_one);
    if (!row.bind(credential_namespace.text(), key.text()).next()) {
      return std::optional<CredentialMetadata>();
    }
    return std::optional(read_metadata(row));
  });
}

Result<bool> SqliteCredentialMetadataStore::remove(const CredentialNamespace& credential_namespace,
                                                   const CredentialKey& key) {
  const std::scoped_lock turn(mutex_);
  return database_->write([&]() -> Result<bool> {
    Query row(*database_, delete_one);
    return row.bind(credential_namespace.text(), key.text()).run() > 0;
  });
}

Result<std::vector<DescribedCredential>> SqliteCredentialMetadataStore::list() {
  const std::scoped_lock turn(mutex_);
  return database_->read([&] { return list_now(); });
}

Result<std::vector<DescribedCredential>> SqliteCredentialMetadataStore::list_now() {
  std::vector<DescribedCredential> listed;
  Query row(*database_, select_all);
  while (row.next()) {
    auto credential_namespace = CredentialNamespace::parse(row.text());
    auto key = CredentialKey::parse(row.text());
    // Nobody could name it: another program has written it.
    if (!credential_namespace || !key) continue;
    listed.push_back({*std::move(credential_namespace), *std::move(key), read_metadata(row)});
  }
  return listed;
}

}  // namespace

Result<std::unique_ptr<core::CredentialMetadataStore>> open_credential_metadata(
    const std::string& path, const core::Clock& clock, const HistoryNotice& notice) {
  GOFLOW_TRY(std::shared_ptr<Database> database, open_history(path, clock, notice));
  return std::unique_ptr<core::CredentialMetadataStore>(
      std::make_unique<SqliteCredentialMetadataStore>(std::move(database)));
}

Result<std::unique_ptr<core::CredentialMetadataStore>> open_unwritable_credential_metadata(
    const std::string& path) {
  GOFLOW_TRY(std::shared_ptr<Database> database, open_unwritable_history(path));
  return std::unique_ptr<core::CredentialMetadataStore>(
      std::make_unique<SqliteCredentialMetadataStore>(std::move(database)));
}

}  // namespace goflow::storage
