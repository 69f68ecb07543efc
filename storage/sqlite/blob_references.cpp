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

constexpr std::string_view select_known =
    "SELECT 1 FROM blob_refs WHERE key = ?1 AND execution_id = ?2";

bool is_stored(const BlobRecord& record) {
  return record.state == BlobState::writing && record.stored_bytes;
}

/// A corrupt one has its place: whoever reads it is told, and the next put heals it.
Result<void> require_place(Database& database, const core::BlobKey& key) {
  const auto record = find_blob(database, key);
  const bool has_place =
      record && (record->state == BlobState::present || record->state == BlobState::corrupt);
  if (has_place) return {};
  if (!record || !is_stored(*record)) return blob_gone(key, record);
  Query(database, make_present).bind(key.text()).run();
  return {};
}

/// The run refers to it already, and has not put it just now: that it is gone is for the node to
/// tell which reads it, and no reason not to pass it on.
bool is_known(Database& database, const core::BlobReference& reference) {
  Query known(database, select_known);
  return known.bind(reference.key.text(), reference.execution_id).next();
}

}  // namespace

Result<void> write_references(Database& database,
                              const std::vector<core::BlobReference>& references) {
  for (const core::BlobReference& reference : references) {
    auto has_place = require_place(database, reference.key);
    if (!has_place && !is_known(database, reference)) return has_place;
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
