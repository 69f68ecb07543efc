#include "tests/support/memory_blob_index.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace goflow::test {
namespace {

using core::BlobKey;
using core::BlobOrigin;
using core::BlobRecord;
using core::BlobReference;
using core::BlobState;
using core::BlobUse;
using core::Error;
using core::ErrorCode;
using core::MarkedBlob;
using core::Result;
using core::Timestamp;

Error gone(const BlobKey& key) {
  return Error{ErrorCode::not_found, "blob '" + key.text() + "' is not there"};
}

bool newer(const core::ListedBlob& a, const core::ListedBlob& b) {
  return std::tuple(b.record.stored_at, a.record.key) <
         std::tuple(a.record.stored_at, b.record.key);
}

}  // namespace

Result<BlobRecord> MemoryBlobIndex::begin_put(const core::BlobDraft& draft, Timestamp now) {
  const std::scoped_lock turn(mutex_);
  BlobRecord* record = usable_for(draft);
  if (!record) {
    const BlobKey key = records_.contains(draft.key) ? BlobKey::random() : draft.key;
    const BlobRecord fresh{.key = key,
                           .sha256 = draft.sha256,
                           .size_bytes = draft.size_bytes,
                           .store = draft.store,
                           .origin = draft.origin,
                           .stored_at = now,
                           .touched_at = now};
    return records_.emplace(key, fresh).first->second;
  }
  write_again(*record, draft, now);
  return *record;
}

void MemoryBlobIndex::write_again(BlobRecord& record, const core::BlobDraft& draft, Timestamp now) {
  if (record.state == BlobState::expired || record.state == BlobState::corrupt) {
    record.state = BlobState::writing;
    record.stored_bytes = std::nullopt;
    record.codec = core::Codec::none;
    record.store = draft.store;
    record.stored_at = now;
  }
  record.touched_at = now;
  if (draft.origin == BlobOrigin::manual) record.origin = BlobOrigin::manual;
}

Result<std::vector<BlobRecord>> MemoryBlobIndex::begin_healing(const core::BlobDraft& draft,
                                                               const BlobKey& key,
                                                               Timestamp now) {
  const std::scoped_lock turn(mutex_);
  std::vector<BlobRecord> lost;
  for (auto& [other, record] : records_) {
    const bool may_be_lost = record.state != BlobState::present &&
                             record.state != BlobState::deleting && use_of(other).references > 0;
    if (record.sha256 != draft.sha256 || other == key || !may_be_lost) continue;
    write_again(record, draft, now);
    record.store = draft.store;
    lost.push_back(record);
  }
  return lost;
}

BlobRecord* MemoryBlobIndex::usable_for(const core::BlobDraft& draft) {
  BlobRecord* best = nullptr;
  const auto rank = [&](const BlobRecord& record) {
    const int by_state = record.state == BlobState::present   ? 0
                         : record.state == BlobState::writing ? 1
                                                              : 2;
    return std::tuple(by_state, record.store != draft.store, record.stored_at);
  };
  for (auto& [key, record] : records_) {
    if (record.sha256 != draft.sha256 || record.state == BlobState::deleting) continue;
    if (record.state == BlobState::writing && record.store != draft.store) continue;
    if (!best || rank(record) < rank(*best)) best = &record;
  }
  return best;
}

BlobRecord* MemoryBlobIndex::in_use(const BlobKey& key) {
  const auto found = records_.find(key);
  if (found == records_.end()) return nullptr;
  const BlobState state = found->second.state;
  return state == BlobState::writing || state == BlobState::present ? &found->second : nullptr;
}

Result<void> MemoryBlobIndex::note_stored(const BlobKey& key,
                                          std::uint64_t stored_bytes,
                                          core::Codec codec,
                                          Timestamp now) {
  const std::scoped_lock turn(mutex_);
  BlobRecord* record = in_use(key);
  if (!record) return gone(key);
  record->stored_bytes = stored_bytes;
  record->codec = codec;
  record->touched_at = now;
  return {};
}

Result<void> MemoryBlobIndex::touch(const BlobKey& key, Timestamp now) {
  const std::scoped_lock turn(mutex_);
  BlobRecord* record = in_use(key);
  if (!record) return gone(key);
  record->touched_at = now;
  return {};
}

Result<void> MemoryBlobIndex::publish(const BlobKey& key, Timestamp now) {
  const std::scoped_lock turn(mutex_);
  BlobRecord* record = in_use(key);
  if (!record || !record->stored_bytes) return gone(key);
  record->state = BlobState::present;
  record->expired_at = std::nullopt;
  record->touched_at = now;
  return {};
}

Result<void> MemoryBlobIndex::mark_corrupt(const BlobKey& key) {
  const std::scoped_lock turn(mutex_);
  BlobRecord* record = in_use(key);
  if (record && record->state == BlobState::present) record->state = BlobState::corrupt;
  return {};
}

Result<std::optional<BlobRecord>> MemoryBlobIndex::find(const BlobKey& key) {
  const std::scoped_lock turn(mutex_);
  const auto found = records_.find(key);
  if (found == records_.end()) return std::optional<BlobRecord>();
  return std::optional(found->second);
}

Result<std::vector<std::string>> MemoryBlobIndex::matching_keys(const std::string& part,
                                                                int limit) {
  const std::scoped_lock turn(mutex_);
  std::vector<std::string> beginnings;
  std::vector<std::string> endings;
  for (const auto& [key, record] : records_) {
    if (part.empty()) break;
    if (key.text().starts_with(part)) {
      beginnings.push_back(key.text());
    } else if (key.text().ends_with(part)) {
      endings.push_back(key.text());
    }
  }
  beginnings.insert(beginnings.end(), endings.begin(), endings.end());
  if (std::ssize(beginnings) > limit) beginnings.resize(static_cast<std::size_t>(limit));
  return beginnings;
}

Result<std::vector<core::ListedBlob>> MemoryBlobIndex::list(const core::BlobFilter& filter) {
  const std::scoped_lock turn(mutex_);
  std::vector<core::ListedBlob> listed;
  for (const auto& [key, record] : records_) {
    const auto is_referred_by_run = [&, &wanted = key](const auto& entry) {
      return entry.second.key == wanted && entry.second.execution_id == *filter.execution_id;
    };
    const std::int64_t references = use_of(key).references;
    if (filter.state && record.state != *filter.state) continue;
    if (filter.only_unreferenced && references > 0) continue;
    if (filter.execution_id &&
        std::none_of(references_.begin(), references_.end(), is_referred_by_run)) {
      continue;
    }
    listed.push_back({record, references});
  }
  std::sort(listed.begin(), listed.end(), newer);
  const auto limit = static_cast<std::size_t>(filter.limit);
  if (limit > 0 && listed.size() > limit) listed.erase(listed.begin() + filter.limit, listed.end());
  return listed;
}

Result<std::vector<BlobReference>> MemoryBlobIndex::references(const BlobKey& key) {
  const std::scoped_lock turn(mutex_);
  std::vector<BlobReference> found;
  for (const auto& [slot, reference] : references_) {
    if (reference.key == key) found.push_back(reference);
  }
  std::stable_sort(found.begin(), found.end(), [](const BlobReference& a, const BlobReference& b) {
    return a.execution_id < b.execution_id;
  });
  return found;
}

Result<bool> MemoryBlobIndex::expects_objects(const std::string& store) {
  const std::scoped_lock turn(mutex_);
  return std::any_of(records_.begin(), records_.end(), [&](const auto& entry) {
    return entry.second.store == store && entry.second.state == BlobState::present;
  });
}

Result<core::BlobTotals> MemoryBlobIndex::totals() {
  const std::scoped_lock turn(mutex_);
  core::BlobTotals totals;
  for (const auto& [key, record] : records_) {
    if (record.state != BlobState::present) continue;
    ++totals.blobs;
    totals.stored_bytes += static_cast<std::int64_t>(record.stored_bytes.value_or(0));
  }
  return totals;
}

Result<core::GcSurvey> MemoryBlobIndex::survey(const core::GcRules& rules, Timestamp now) {
  const std::scoped_lock turn(mutex_);
  core::GcSurvey survey;
  for (const auto& [key, record] : records_) {
    const BlobUse use = use_of(key);
    if (may_go(record, use, rules, now)) {
      survey.can_go.push_back({record, use.references > 0});
    } else if (holds_bytes(record.state)) {
      ++survey.in_use;
    }
  }
  return survey;
}

Result<std::vector<MarkedBlob>> MemoryBlobIndex::mark(const std::vector<BlobKey>& keys,
                                                      const core::GcRules& rules,
                                                      Timestamp now) {
  const std::scoped_lock turn(mutex_);
  std::vector<MarkedBlob> marked;
  for (const BlobKey& key : keys) {
    const auto found = records_.find(key);
    if (found == records_.end()) continue;
    if (!may_go(found->second, use_of(key), rules, now)) continue;
    marked.push_back(mark_now(found->second, now));
  }
  return marked;
}

Result<std::optional<MarkedBlob>> MemoryBlobIndex::mark_one(const BlobKey& key,
                                                            bool force,
                                                            Timestamp now) {
  const std::scoped_lock turn(mutex_);
  const auto found = records_.find(key);
  if (found == records_.end()) return std::optional<MarkedBlob>();
  if (use_of(key).references > 0 && !force) return std::optional<MarkedBlob>();
  return std::optional(mark_now(found->second, now));
}

MarkedBlob MemoryBlobIndex::mark_now(BlobRecord& record, Timestamp now) {
  const bool is_referenced = use_of(record.key).references > 0;
  MarkedBlob marked{record, is_referenced};
  record.state = BlobState::deleting;
  record.touched_at = now;
  if (is_referenced && !record.expired_at) record.expired_at = now;
  return marked;
}

Result<std::vector<BlobKey>> MemoryBlobIndex::without_record(const std::vector<BlobKey>& keys) {
  const std::scoped_lock turn(mutex_);
  std::vector<BlobKey> unknown;
  for (const BlobKey& key : keys) {
    if (!records_.contains(key)) unknown.push_back(key);
  }
  return unknown;
}

Result<std::vector<BlobKey>> MemoryBlobIndex::mark_orphans(const std::vector<BlobKey>& keys,
                                                           const std::string& store,
                                                           Timestamp now) {
  const std::scoped_lock turn(mutex_);
  std::vector<BlobKey> marked;
  for (const BlobKey& key : keys) {
    const BlobRecord orphan{.key = key,
                            .sha256 = {},
                            .store = store,
                            .state = BlobState::deleting,
                            .stored_at = now,
                            .touched_at = now};
    if (records_.emplace(key, orphan).second) marked.push_back(key);
  }
  return marked;
}

Result<void> MemoryBlobIndex::settle(const std::vector<BlobKey>& keys) {
  const std::scoped_lock turn(mutex_);
  for (const BlobKey& key : keys) {
    const auto found = records_.find(key);
    if (found == records_.end() || found->second.state != BlobState::deleting) continue;
    if (use_of(key).references > 0) {
      found->second.state = BlobState::expired;
    } else {
      records_.erase(found);
    }
  }
  return {};
}

bool MemoryBlobIndex::may_go_on(const std::string& run_id) const {
  const auto run = runs_.find(run_id);
  return run != runs_.end() && !is_terminal(run->second.status);
}

BlobUse MemoryBlobIndex::use_of(const BlobKey& key) const {
  BlobUse use;
  for (const auto& [slot, reference] : references_) {
    if (reference.key != key) continue;
    const Run& run = runs_.at(reference.execution_id);
    ++use.references;
    use.is_live = use.is_live || may_go_on(reference.execution_id) || may_go_on(run.outer_id);
    if (run.end && (!use.last_end || *run.end > *use.last_end)) use.last_end = run.end;
  }
  return use;
}

void MemoryBlobIndex::record_run(const std::string& id,
                                 core::ExecutionStatus status,
                                 std::optional<Timestamp> end) {
  const std::scoped_lock turn(mutex_);
  runs_.insert_or_assign(id, Run{status, end});
}

void MemoryBlobIndex::put_within(const std::string& id, const std::string& outer_id) {
  const std::scoped_lock turn(mutex_);
  runs_.at(id).outer_id = outer_id;
}

void MemoryBlobIndex::delete_run(const std::string& id) {
  const std::scoped_lock turn(mutex_);
  runs_.erase(id);
  std::erase_if(references_, [&](const auto& entry) { return entry.second.execution_id == id; });
}

Result<void> MemoryBlobIndex::write_references(const std::vector<BlobReference>& references) {
  const std::scoped_lock turn(mutex_);
  for (const BlobReference& reference : references) {
    const auto found = records_.find(reference.key);
    if (found == records_.end()) return gone(reference.key);
    const BlobRecord* record = in_use(reference.key);
    const bool has_place =
        found->second.state == BlobState::corrupt || (record && record->stored_bytes);
    if (!has_place && !refers_to(reference.execution_id, reference.key)) return gone(reference.key);
  }
  for (const BlobReference& reference : references) {
    BlobRecord* record = in_use(reference.key);
    if (record && record->stored_bytes) {
      record->state = BlobState::present;
      record->expired_at = std::nullopt;
    }
    references_.insert_or_assign(reference.slot, reference);
  }
  return {};
}

bool MemoryBlobIndex::refers_to(const std::string& run_id, const BlobKey& key) const {
  return std::any_of(references_.begin(), references_.end(), [&](const auto& entry) {
    return entry.second.execution_id == run_id && entry.second.key == key;
  });
}

}  // namespace goflow::test
