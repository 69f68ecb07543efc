#include "storage/sqlite/blob_collection.hpp"

#include "storage/sqlite/blob_rows.hpp"
#include "storage/sqlite/query.hpp"

#include <string_view>

namespace goflow::storage {
namespace {

using core::BlobKey;
using core::BlobRecord;
using core::BlobUse;
using core::GcRules;
using core::GcSurvey;
using core::MarkedBlob;
using core::Timestamp;

// An interrupted run is one that is running, or waiting, without a process that runs it. Of a run
// within another one, `o`, the result may be read until that one ends.
constexpr std::string_view use_columns = R"sql(,
    count(r.key), coalesce(max(e.status IN ('pending', 'running', 'waiting')
      OR o.status IN ('pending', 'running', 'waiting')), 0),
    max(coalesce(e.completed_at, e.started_at)))sql";

// Without those that a run keeps which may go on, or ended after ?1: they are by far the most, and
// may_go() would say the same of them.
constexpr std::string_view not_kept_with_use = R"sql(
LEFT JOIN blob_refs r ON r.key = b.key LEFT JOIN executions e ON e.id = r.execution_id
  LEFT JOIN executions o ON o.id = e.parent_execution_id
  WHERE b.rowid IN (
    SELECT k.rowid FROM blobs k
      WHERE k.state = 'deleting' OR NOT EXISTS (
        SELECT 1 FROM blob_refs r JOIN executions e ON e.id = r.execution_id
          WHERE r.key = k.key AND (e.status IN ('pending', 'running', 'waiting')
                                   OR coalesce(e.completed_at, e.started_at) > ?1)))
  GROUP BY b.key)sql";

constexpr std::string_view count_held =
    "SELECT count(*) FROM blobs WHERE state NOT IN ('deleting', 'expired')";

constexpr std::string_view one_with_use = R"sql(
LEFT JOIN blob_refs r ON r.key = b.key LEFT JOIN executions e ON e.id = r.execution_id
  LEFT JOIN executions o ON o.id = e.parent_execution_id
  WHERE b.key = ?1 GROUP BY b.key)sql";

constexpr std::string_view update_deleting = R"sql(
UPDATE blobs SET state = 'deleting', touched_at = ?2,
    expired_at = CASE WHEN ?3 THEN coalesce(expired_at, ?2) ELSE expired_at END
  WHERE key = ?1)sql";

// Nothing is known of it but where it lies.
constexpr std::string_view insert_orphan = R"sql(
INSERT OR IGNORE INTO blobs (key, sha256, size_bytes, codec, store, state, origin, stored_at,
    touched_at)
  VALUES (?1, '', 0, 'none', ?2, 'deleting', 'run', ?3, ?3))sql";

constexpr std::string_view delete_unreferenced = R"sql(
DELETE FROM blobs WHERE key = ?1 AND state = 'deleting'
  AND NOT EXISTS (SELECT 1 FROM blob_refs r WHERE r.key = ?1))sql";

constexpr std::string_view update_expired =
    "UPDATE blobs SET state = 'expired' WHERE key = ?1 AND state = 'deleting'";

struct UsedBlob {
  BlobRecord record;
  BlobUse use;
};

/// nullopt: see read_blob().
std::optional<UsedBlob> read_used_blob(Query& row) {
  auto record = read_blob(row);
  const std::int64_t references = row.integer();
  const bool is_live = row.integer() != 0;
  const auto last_end = core::parse_rfc3339(row.text());
  if (!record) return std::nullopt;
  return UsedBlob{*std::move(record), {references, is_live, last_end}};
}

/// Runs that ended later keep what they refer to; as a text that compares like the times.
std::string kept_after(const GcRules& rules, Timestamp now) {
  const bool are_all_kept = rules.only_unreferenced || !rules.ttl;
  return are_all_kept ? "" : core::format_rfc3339(now - *rules.ttl);
}

std::optional<UsedBlob> find_used(Database& database, const BlobKey& key) {
  Query row(database, select_blob(one_with_use, use_columns));
  if (!row.bind(key.text()).next()) return std::nullopt;
  return read_used_blob(row);
}

MarkedBlob mark_now(Database& database, UsedBlob blob, Timestamp now) {
  const bool is_referenced = blob.use.references > 0;
  Query(database, update_deleting).bind(blob.record.key.text(), now, is_referenced ? 1 : 0).run();
  return {std::move(blob.record), is_referenced};
}

}  // namespace

GcSurvey survey_blobs(Database& database, const GcRules& rules, Timestamp now) {
  GcSurvey survey;
  Query count(database, count_held);
  count.next();
  survey.in_use = count.integer();
  Query row(database, select_blob(not_kept_with_use, use_columns));
  row.bind(kept_after(rules, now));
  while (row.next()) {
    auto blob = read_used_blob(row);
    if (!blob || !may_go(blob->record, blob->use, rules, now)) continue;
    if (holds_bytes(blob->record.state)) --survey.in_use;
    survey.can_go.push_back({std::move(blob->record), blob->use.references > 0});
  }
  return survey;
}

std::vector<MarkedBlob> mark_blobs(Database& database,
                                   const std::vector<BlobKey>& keys,
                                   const GcRules& rules,
                                   Timestamp now) {
  std::vector<MarkedBlob> marked;
  for (const BlobKey& key : keys) {
    auto blob = find_used(database, key);
    if (!blob || !may_go(blob->record, blob->use, rules, now)) continue;
    marked.push_back(mark_now(database, *std::move(blob), now));
  }
  return marked;
}

std::optional<MarkedBlob> mark_blob(Database& database,
                                    const BlobKey& key,
                                    bool force,
                                    Timestamp now) {
  auto blob = find_used(database, key);
  if (!blob || (blob->use.references > 0 && !force)) return std::nullopt;
  return mark_now(database, *std::move(blob), now);
}

std::vector<BlobKey> keys_without_record(Database& database, const std::vector<BlobKey>& keys) {
  std::vector<BlobKey> unknown;
  for (const BlobKey& key : keys) {
    Query row(database, "SELECT 1 FROM blobs WHERE key = ?1");
    if (!row.bind(key.text()).next()) unknown.push_back(key);
  }
  return unknown;
}

std::vector<BlobKey> mark_orphans(Database& database,
                                  const std::vector<BlobKey>& keys,
                                  const std::string& store,
                                  Timestamp now) {
  std::vector<BlobKey> marked;
  for (const BlobKey& key : keys) {
    const bool is_new = Query(database, insert_orphan).bind(key.text(), store, now).run() > 0;
    if (is_new) marked.push_back(key);
  }
  return marked;
}

void settle_blobs(Database& database, const std::vector<BlobKey>& keys) {
  for (const BlobKey& key : keys) {
    const bool is_removed = Query(database, delete_unreferenced).bind(key.text()).run() > 0;
    if (!is_removed) Query(database, update_expired).bind(key.text()).run();
  }
}

}  // namespace goflow::storage
