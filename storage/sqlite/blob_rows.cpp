#include "storage/sqlite/blob_rows.hpp"

#include "storage/sqlite/rows.hpp"

namespace goflow::storage {
namespace {

using core::BlobKey;
using core::BlobRecord;
using core::Error;
using core::ErrorCode;

std::optional<std::uint64_t> read_optional_size(Query& row) {
  const bool is_known = row.integer() != 0;
  const auto size = static_cast<std::uint64_t>(row.integer());
  return is_known ? std::optional(size) : std::nullopt;
}

}  // namespace

std::string select_blob(std::string_view rest, std::string_view more) {
  std::string sql =
      "SELECT b.key, b.sha256, b.size_bytes, b.stored_bytes IS NOT NULL, b.stored_bytes, b.codec, "
      "b.store, b.state, b.origin, b.stored_at, b.touched_at, b.expired_at";
  return sql.append(more).append(" FROM blobs b ").append(rest);
}

std::optional<BlobRecord> read_blob(Query& row) {
  const auto key = BlobKey::parse(row.text());
  std::string sha256 = row.text();
  const auto size_bytes = static_cast<std::uint64_t>(row.integer());
  const auto stored_bytes = read_optional_size(row);
  const auto codec = core::parse_codec(row.text());
  std::string store = row.text();
  const auto state = core::parse_blob_state(row.text());
  const auto origin = core::parse_blob_origin(row.text());
  const core::Timestamp stored_at = read_time(row);
  const core::Timestamp touched_at = read_time(row);
  const auto expired_at = core::parse_rfc3339(row.text());
  if (!key || !codec || !state || !origin) return std::nullopt;
  return BlobRecord{.key = *key,
                    .sha256 = std::move(sha256),
                    .size_bytes = size_bytes,
                    .stored_bytes = stored_bytes,
                    .codec = *codec,
                    .store = std::move(store),
                    .state = *state,
                    .origin = *origin,
                    .stored_at = stored_at,
                    .touched_at = touched_at,
                    .expired_at = expired_at};
}

std::optional<BlobRecord> find_blob(Database& database, const BlobKey& key) {
  Query row(database, select_blob("WHERE b.key = ?1"));
  if (!row.bind(key.text()).next()) return std::nullopt;
  return read_blob(row);
}

Error blob_gone(const BlobKey& key, const std::optional<BlobRecord>& record) {
  const std::string blob = "blob '" + key.text() + "'";
  if (!record) return Error{ErrorCode::not_found, "no " + blob};
  if (record->expired_at) {
    return Error{ErrorCode::not_found,
                 blob + " expired on " + core::format_rfc3339(*record->expired_at).substr(0, 10)};
  }
  return Error{ErrorCode::not_found, blob + " is " + std::string(to_string(record->state))};
}

}  // namespace goflow::storage
