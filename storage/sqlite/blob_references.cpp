#include "storage/sqlite/blob_references.hpp"

#include "storage/sqlite/blob_rows.hpp"
#include "storage/sqlite/query.hpp"

namespace goflow::storage {
namespace {

using core::BlobRecord;
using core::BlobState;
using core::Result;

constexpr std::string_view make_present =
    "UPDATE blobs SET state = 'present', expired_at = NULL WHERE key = ?1";

constexpr std::string_view upsert_reference = R"sql(
INSERT OR REPLACE INTO blob_refs (execution_id, owner_kind, owner_id, slot, key, encoding)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6))sql";

constexpr std::string_view select_same = R"sql(
SELECT 1 FROM blob_refs WHERE owner_kind = ?1 AND owner_id = ?2 AND slot = ?3 AND key = ?4
    AND execution_id = ?5)sql";

bool is_stored(const BlobRecord& record) {
  return record.state == BlobState::writing && record.stored_bytes;
}

Result<void> require_present(Database& database, const core::BlobKey& key) {
  const auto record = find_blob(database, key);
  if (record && record->state == BlobState::present) return {};
  if (!record || !is_stored(*record)) return blob_gone(key, record);
  Query(database, make_present).bind(key.text()).run();
  return {};
}

bool is_known(Database& database, const core::BlobReference& reference) {
  Query same(database, select_same);
  return same
      .bind(reference.slot.owner_kind,
            reference.slot.owner_id,
            reference.slot.name,
            reference.key.text(),
            reference.execution_id)
      .next();
}

}  // namespace

Result<void> write_references(Database& database,
                              const std::vector<core::BlobReference>& references) {
  for (const core::BlobReference& reference : references) {
    auto is_there = require_present(database, reference.key);
    if (!is_there && is_known(database, reference)) continue;
    GOFLOW_TRY(std::move(is_there));
    Query(database, upsert_reference)
        .bind(reference.execution_id,
              reference.slot.owner_kind,
              reference.slot.owner_id,
              reference.slot.name,
              reference.key.text(),
              to_string(reference.encoding))
        .run();
  }
  return {};
}

}  // namespace goflow::storage
