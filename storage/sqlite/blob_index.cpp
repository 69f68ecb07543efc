#include "storage/sqlite/blob_index.hpp"

#include "storage/sqlite/blob_collection.hpp"
#include "storage/sqlite/blob_rows.hpp"
#include "storage/sqlite/query.hpp"

#include <algorithm>
#include <mutex>
#include <string_view>

namespace goflow::storage {
namespace {

using core::BlobDraft;
using core::BlobFilter;
using core::BlobKey;
using core::BlobOrigin;
using core::BlobRecord;
using core::BlobReference;
using core::BlobState;
using core::BlobTotals;
using core::Codec;
using core::GcRules;
using core::GcSurvey;
using core::ListedBlob;
using core::MarkedBlob;
using core::Result;
using core::Timestamp;

// What somebody writes into another store at this moment cannot be shared.
constexpr std::string_view usable_for_a_put = R"sql(
WHERE b.sha256 = ?1 AND (b.state IN ('present', 'expired', 'corrupt')
                           OR (b.state = 'writing' AND b.store = ?2))
  ORDER BY CASE b.state WHEN 'present' THEN 0 WHEN 'writing' THEN 1 ELSE 2 END, b.store <> ?2,
    b.stored_at, b.key LIMIT 1)sql";

constexpr std::string_view touch_blob = R"sql(
UPDATE blobs SET touched_at = ?2, origin = CASE WHEN ?3 = 'manual' THEN ?3 ELSE origin END
  WHERE key = ?1)sql";

// A row that another put has brought so far that its bytes lie there stays so.
constexpr std::string_view write_again = R"sql(
UPDATE blobs SET stored_bytes = CASE WHEN state = 'writing' THEN stored_bytes END,
    codec = CASE WHEN state = 'writing' THEN codec ELSE 'none' END,
    stored_at = CASE WHEN state = 'writing' THEN stored_at ELSE ?3 END,
    touched_at = ?3, store = ?2, state = 'writing',
    origin = CASE WHEN ?4 = 'manual' THEN ?4 ELSE origin END
  WHERE key = ?1)sql";

constexpr std::string_view to_be_healed = R"sql(
WHERE b.sha256 = ?1 AND b.key <> ?2 AND b.state IN ('expired', 'corrupt', 'writing')
    AND EXISTS (SELECT 1 FROM blob_refs r WHERE r.key = b.key))sql";

constexpr std::string_view insert_blob = R"sql(
INSERT INTO blobs (key, sha256, size_bytes, codec, store, state, origin, stored_at, touched_at)
  VALUES (?1, ?2, ?3, 'none', ?4, 'writing', ?5, ?6, ?6))sql";

constexpr std::string_view update_stored = R"sql(
UPDATE blobs SET stored_bytes = ?2, codec = ?3, touched_at = ?4
  WHERE key = ?1 AND state IN ('writing', 'present'))sql";

constexpr std::string_view touch_put = R"sql(
UPDATE blobs SET touched_at = ?2 WHERE key = ?1 AND state IN ('writing', 'present'))sql";

constexpr std::string_view publish_blob = R"sql(
UPDATE blobs SET state = 'present', expired_at = NULL, touched_at = ?2
  WHERE key = ?1 AND state IN ('writing', 'present') AND stored_bytes IS NOT NULL)sql";

constexpr std::string_view update_corrupt =
    "UPDATE blobs SET state = 'corrupt' WHERE key = ?1 AND state = 'present'";

constexpr std::string_view keys_by_beginning = R"sql(
SELECT key FROM blobs WHERE key >= ?1 AND key < ?1 || char(1114111) ORDER BY key LIMIT ?2)sql";

constexpr std::string_view keys_by_ending = R"sql(
SELECT key FROM blobs WHERE substr(key, -length(?1)) = ?1 ORDER BY key LIMIT ?2)sql";

constexpr std::string_view reference_count =
    ", (SELECT count(*) FROM blob_refs r WHERE r.key = b.key)";

constexpr std::string_view listed = R"sql(
WHERE (?1 IS NULL OR b.state = ?1)
    AND (?2 IS NULL OR b.key IN (SELECT r.key FROM blob_refs r WHERE r.execution_id = ?2))
    AND (NOT ?3 OR NOT EXISTS (SELECT 1 FROM blob_refs r WHERE r.key = b.key))
  ORDER BY b.stored_at DESC, b.key LIMIT ?4)sql";

constexpr std::string_view select_references = R"sql(
SELECT execution_id, owner_kind, owner_id, slot, encoding FROM blob_refs WHERE key = ?1
  ORDER BY execution_id, owner_kind, owner_id, slot)sql";

constexpr std::string_view select_expected =
    "SELECT EXISTS (SELECT 1 FROM blobs WHERE store = ?1 AND state = 'present')";

constexpr std::string_view select_totals =
    "SELECT count(*), coalesce(sum(stored_bytes), 0) FROM blobs WHERE state = 'present'";

std::vector<std::string> read_keys(Query& row) {
  std::vector<std::string> keys;
  while (row.next()) {
    keys.push_back(row.text());
  }
  return keys;
}

/// Threads take turns at its connection.
class SqliteBlobIndex final : public core::BlobIndex {
 public:
  explicit SqliteBlobIndex(std::shared_ptr<Database> database) : database_(std::move(database)) {}

  Result<BlobRecord> begin_put(const BlobDraft& draft, Timestamp now) override;
  Result<std::vector<BlobRecord>> begin_healing(const BlobDraft& draft,
                                                const BlobKey& key,
                                                Timestamp now) override;
  Result<void> note_stored(const BlobKey& key,
                           std::uint64_t stored_bytes,
                           Codec codec,
                           Timestamp now) override;
  Result<void> touch(const BlobKey& key, Timestamp now) override;
  Result<void> publish(const BlobKey& key, Timestamp now) override;
  Result<void> mark_corrupt(const BlobKey& key) override;

  Result<std::optional<BlobRecord>> find(const BlobKey& key) override;
  Result<std::vector<std::string>> matching_keys(const std::string& part, int limit) override;
  Result<std::vector<ListedBlob>> list(const BlobFilter& filter) override;
  Result<std::vector<BlobReference>> references(const BlobKey& key) override;
  Result<bool> expects_objects(const std::string& store) override;
  Result<BlobTotals> totals() override;

  Result<GcSurvey> survey(const GcRules& rules, Timestamp now) override;
  Result<std::vector<MarkedBlob>> mark(const std::vector<BlobKey>& keys,
                                       const GcRules& rules,
                                       Timestamp now) override;
  Result<std::optional<MarkedBlob>> mark_one(const BlobKey& key,
                                             bool force,
                                             Timestamp now) override;
  Result<std::vector<BlobKey>> without_record(const std::vector<BlobKey>& keys) override;
  Result<std::vector<BlobKey>> mark_orphans(const std::vector<BlobKey>& keys,
                                            const std::string& store,
                                            Timestamp now) override;
  Result<void> settle(const std::vector<BlobKey>& keys) override;

 private:
  template <class Work>
  auto write(Work&& work) {
    const std::scoped_lock turn(mutex_);
    return database_->write(std::forward<Work>(work));
  }
  template <class Work>
  auto read(Work&& work) {
    const std::scoped_lock turn(mutex_);
    return database_->read(std::forward<Work>(work));
  }

  std::optional<BlobRecord> find_usable(const BlobDraft& draft);
  BlobKey free_key(const BlobKey& wanted);
  std::vector<BlobKey> keys_to_heal(const BlobDraft& draft, const BlobKey& but);

  std::mutex mutex_;
  std::shared_ptr<Database> database_;
};

Result<BlobRecord> SqliteBlobIndex::begin_put(const BlobDraft& draft, Timestamp now) {
  return write([&]() -> Result<BlobRecord> {
    const auto usable = find_usable(draft);
    const BlobKey key = usable ? usable->key : free_key(draft.key);
    const std::string_view origin = to_string(draft.origin);
    if (!usable) {
      Query(*database_, insert_blob)
          .bind(key.text(), draft.sha256, draft.size_bytes, draft.store, origin, now)
          .run();
    } else if (usable->state == BlobState::present) {
      Query(*database_, touch_blob).bind(key.text(), now, origin).run();
    } else {
      Query(*database_, write_again).bind(key.text(), draft.store, now, origin).run();
    }
    return *find_blob(*database_, key);
  });
}

std::optional<BlobRecord> SqliteBlobIndex::find_usable(const BlobDraft& draft) {
  Query row(*database_, select_blob(usable_for_a_put));
  if (!row.bind(draft.sha256, draft.store).next()) return std::nullopt;
  return read_blob(row);
}

BlobKey SqliteBlobIndex::free_key(const BlobKey& wanted) {
  Query taken(*database_, "SELECT 1 FROM blobs WHERE key = ?1");
  return taken.bind(wanted.text()).next() ? BlobKey::random() : wanted;
}

Result<std::vector<BlobRecord>> SqliteBlobIndex::begin_healing(const BlobDraft& draft,
                                                               const BlobKey& key,
                                                               Timestamp now) {
  // There is nothing to heal as a rule, and then nobody is held up.
  GOFLOW_TRY(const auto any,
             read([&]() -> Result<std::vector<BlobKey>> { return keys_to_heal(draft, key); }));
  if (any.empty()) return std::vector<BlobRecord>();
  return write([&]() -> Result<std::vector<BlobRecord>> {
    std::vector<BlobRecord> lost;
    for (const BlobKey& one : keys_to_heal(draft, key)) {
      Query(*database_, write_again)
          .bind(one.text(), draft.store, now, to_string(draft.origin))
          .run();
      lost.push_back(*find_blob(*database_, one));
    }
    return lost;
  });
}

std::vector<BlobKey> SqliteBlobIndex::keys_to_heal(const BlobDraft& draft, const BlobKey& but) {
  Query row(*database_, select_blob(to_be_healed));
  row.bind(draft.sha256, but.text());
  std::vector<BlobKey> keys;
  while (row.next()) {
    if (const auto record = read_blob(row)) keys.push_back(record->key);
  }
  return keys;
}

Result<void> SqliteBlobIndex::note_stored(const BlobKey& key,
                                          std::uint64_t stored_bytes,
                                          Codec codec,
                                          Timestamp now) {
  return write([&]() -> Result<void> {
    Query query(*database_, update_stored);
    if (query.bind(key.text(), stored_bytes, to_string(codec), now).run() > 0) return {};
    return blob_gone(key, find_blob(*database_, key));
  });
}

Result<void> SqliteBlobIndex::touch(const BlobKey& key, Timestamp now) {
  return write([&]() -> Result<void> {
    if (Query(*database_, touch_put).bind(key.text(), now).run() > 0) return {};
    return blob_gone(key, find_blob(*database_, key));
  });
}

Result<void> SqliteBlobIndex::publish(const BlobKey& key, Timestamp now) {
  return write([&]() -> Result<void> {
    if (Query(*database_, publish_blob).bind(key.text(), now).run() > 0) return {};
    return blob_gone(key, find_blob(*database_, key));
  });
}

Result<void> SqliteBlobIndex::mark_corrupt(const BlobKey& key) {
  return write([&]() -> Result<void> {
    Query(*database_, update_corrupt).bind(key.text()).run();
    return {};
  });
}

Result<std::optional<BlobRecord>> SqliteBlobIndex::find(const BlobKey& key) {
  return read([&]() -> Result<std::optional<BlobRecord>> { return find_blob(*database_, key); });
}

Result<std::vector<std::string>> SqliteBlobIndex::matching_keys(const std::string& part,
                                                                int limit) {
  if (part.empty()) return std::vector<std::string>();
  return read([&]() -> Result<std::vector<std::string>> {
    Query beginnings(*database_, keys_by_beginning);
    std::vector<std::string> keys = read_keys(beginnings.bind(part, limit));
    Query endings(*database_, keys_by_ending);
    for (std::string& key : read_keys(endings.bind(part, limit))) {
      if (std::ssize(keys) == limit) break;
      if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(std::move(key));
    }
    return keys;
  });
}

Result<std::vector<ListedBlob>> SqliteBlobIndex::list(const BlobFilter& filter) {
  return read([&]() -> Result<std::vector<ListedBlob>> {
    std::optional<std::string_view> state;
    if (filter.state) state = to_string(*filter.state);
    Query row(*database_, select_blob(listed, reference_count));
    row.bind(state,
             filter.execution_id,
             filter.only_unreferenced ? 1 : 0,
             filter.limit > 0 ? filter.limit : -1);
    std::vector<ListedBlob> blobs;
    while (row.next()) {
      auto record = read_blob(row);
      if (record) blobs.push_back({*std::move(record), row.integer()});
    }
    return blobs;
  });
}

Result<std::vector<BlobReference>> SqliteBlobIndex::references(const BlobKey& key) {
  return read([&]() -> Result<std::vector<BlobReference>> {
    Query row(*database_, select_references);
    row.bind(key.text());
    std::vector<BlobReference> references;
    while (row.next()) {
      std::string execution_id = row.text();
      core::Slot slot{.owner_kind = row.text(), .owner_id = row.text(), .name = row.text()};
      const auto encoding = core::parse_encoding(row.text());
      references.push_back({.execution_id = std::move(execution_id),
                            .slot = std::move(slot),
                            .key = key,
                            .encoding = encoding.value_or(core::Encoding::bytes)});
    }
    return references;
  });
}

Result<bool> SqliteBlobIndex::expects_objects(const std::string& store) {
  return read([&]() -> Result<bool> {
    Query row(*database_, select_expected);
    return row.bind(store).next() && row.integer() != 0;
  });
}

Result<BlobTotals> SqliteBlobIndex::totals() {
  return read([&]() -> Result<BlobTotals> {
    Query row(*database_, select_totals);
    row.next();
    const std::int64_t blobs = row.integer();
    return BlobTotals{.blobs = blobs, .stored_bytes = row.integer()};
  });
}

Result<GcSurvey> SqliteBlobIndex::survey(const GcRules& rules, Timestamp now) {
  const std::scoped_lock turn(mutex_);
  return database_->read_state(
      [&]() -> Result<GcSurvey> { return survey_blobs(*database_, rules, now); });
}

Result<std::vector<MarkedBlob>> SqliteBlobIndex::mark(const std::vector<BlobKey>& keys,
                                                      const GcRules& rules,
                                                      Timestamp now) {
  return write([&]() -> Result<std::vector<MarkedBlob>> {
    return mark_blobs(*database_, keys, rules, now);
  });
}

Result<std::optional<MarkedBlob>> SqliteBlobIndex::mark_one(const BlobKey& key,
                                                            bool force,
                                                            Timestamp now) {
  return write([&]() -> Result<std::optional<MarkedBlob>> {
    return mark_blob(*database_, key, force, now);
  });
}

Result<std::vector<BlobKey>> SqliteBlobIndex::without_record(const std::vector<BlobKey>& keys) {
  const std::scoped_lock turn(mutex_);
  return database_->read_state(
      [&]() -> Result<std::vector<BlobKey>> { return keys_without_record(*database_, keys); });
}

Result<std::vector<BlobKey>> SqliteBlobIndex::mark_orphans(const std::vector<BlobKey>& keys,
                                                           const std::string& store,
                                                           Timestamp now) {
  return write([&]() -> Result<std::vector<BlobKey>> {
    return storage::mark_orphans(*database_, keys, store, now);
  });
}

Result<void> SqliteBlobIndex::settle(const std::vector<BlobKey>& keys) {
  return write([&]() -> Result<void> {
    settle_blobs(*database_, keys);
    return {};
  });
}

}  // namespace

Result<std::unique_ptr<core::BlobIndex>> open_blob_index(const std::string& path,
                                                         const core::Clock& clock,
                                                         const HistoryNotice& notice) {
  GOFLOW_TRY(std::shared_ptr<Database> database, open_history(path, clock, notice));
  return std::unique_ptr<core::BlobIndex>(std::make_unique<SqliteBlobIndex>(std::move(database)));
}

}  // namespace goflow::storage
