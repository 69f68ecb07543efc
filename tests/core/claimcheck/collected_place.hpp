// A register, a store and a clock for tests of gc, which can be cut off at any call.
#pragma once

#include "core/claimcheck/garbage_collection.hpp"
#include "tests/support/fixed_clock.hpp"
#include "tests/support/history_rows.hpp"
#include "tests/support/interruption.hpp"
#include "tests/support/memory_blob_index.hpp"
#include "tests/support/stored_blobs.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace goflow::test {

/// Something that happens once, at a call.
class Sequel {
 public:
  void then(std::function<void()> event) { event_ = std::move(event); }
  void happen() {
    if (event_) std::exchange(event_, nullptr)();
  }

 private:
  std::function<void()> event_;
};

/// Objects without bytes.
class CollectedObjects final : public core::ObjectStore {
 public:
  CollectedObjects(Interruption& interruption, FixedClock& clock)
      : interruption_(interruption), clock_(clock) {}

  core::Result<core::BlobKey> put(core::ByteSource& body, const core::PutInfo& info) override {
    add(*info.key, body.size());
    return *info.key;
  }
  core::Result<std::optional<core::ByteStream>> get(const core::BlobKey& key) override {
    if (!has(key)) return std::optional<core::ByteStream>();
    return std::optional(core::memory_stream(""));
  }
  core::Result<std::optional<core::ObjectStat>> stat(const core::BlobKey& key) override {
    const auto found = objects_.find(key);
    if (found == objects_.end()) return std::optional<core::ObjectStat>();
    return std::optional(found->second);
  }
  core::Result<void> remove(const core::BlobKey& key) override {
    return interruption_.around([&]() -> core::Result<void> {
      before_removal.happen();
      clock_.advance(pause_);
      if (failures_ > 0) {
        --failures_;
        return core::Error{core::ErrorCode::unavailable, "the store is down"};
      }
      objects_.erase(key);
      return {};
    });
  }
  core::Result<void> health() override { return {}; }
  core::Result<void> list_keys(const std::function<bool(const core::ObjectStat&)>& visit) override {
    return interruption_.around([&]() -> core::Result<void> {
      for (const auto& [key, object] : objects_) {
        if (!visit(object)) break;
      }
      return {};
    });
  }

  void add(const core::BlobKey& key, std::uint64_t size) {
    objects_.insert_or_assign(key, core::ObjectStat{key, size, clock_.now()});
  }
  [[nodiscard]] bool has(const core::BlobKey& key) const { return objects_.contains(key); }
  [[nodiscard]] std::size_t count() const { return objects_.size(); }
  /// So many of the next removals fail.
  void fail(int times) { failures_ = times; }
  /// So long does each removal take.
  void take(std::chrono::milliseconds pause) { pause_ = pause; }

  Sequel before_removal;

 private:
  Interruption& interruption_;
  FixedClock& clock_;
  std::map<core::BlobKey, core::ObjectStat> objects_;
  int failures_ = 0;
  std::chrono::milliseconds pause_{0};
};

/// What gc asks of a register, which can be cut off; the rest it does not ask.
class CollectedIndex final : public core::BlobIndex {
 public:
  CollectedIndex(MemoryBlobIndex& index,
                 Interruption& interruption,
                 Sequel& after_survey,
                 Sequel& after_mark)
      : index_(index),
        interruption_(interruption),
        after_survey_(after_survey),
        after_mark_(after_mark) {}

  core::Result<core::BlobRecord> begin_put(const core::BlobDraft& draft,
                                           core::Timestamp now) override {
    return index_.begin_put(draft, now);
  }
  core::Result<std::vector<core::BlobRecord>> begin_healing(const core::BlobDraft& draft,
                                                            const core::BlobKey& key,
                                                            core::Timestamp now) override {
    return index_.begin_healing(draft, key, now);
  }
  core::Result<void> note_stored(const core::BlobKey& key,
                                 std::uint64_t stored_bytes,
                                 core::Codec codec,
                                 core::Timestamp now) override {
    return index_.note_stored(key, stored_bytes, codec, now);
  }
  core::Result<void> touch(const core::BlobKey& key, core::Timestamp now) override {
    return index_.touch(key, now);
  }
  core::Result<void> publish(const core::BlobKey& key, core::Timestamp now) override {
    return index_.publish(key, now);
  }
  core::Result<void> mark_corrupt(const core::BlobKey& key) override {
    return index_.mark_corrupt(key);
  }
  core::Result<std::optional<core::BlobRecord>> find(const core::BlobKey& key) override {
    return interruption_.around([&] { return index_.find(key); });
  }
  core::Result<std::vector<std::string>> matching_keys(const std::string& part,
                                                       int limit) override {
    return index_.matching_keys(part, limit);
  }
  core::Result<std::vector<core::ListedBlob>> list(const core::BlobFilter& filter) override {
    return index_.list(filter);
  }
  core::Result<std::vector<core::BlobReference>> references(const core::BlobKey& key) override {
    return index_.references(key);
  }
  core::Result<bool> expects_objects(const std::string& store) override {
    return index_.expects_objects(store);
  }
  core::Result<core::BlobTotals> totals() override { return index_.totals(); }

  core::Result<core::GcSurvey> survey(const core::GcRules& rules, core::Timestamp now) override {
    auto survey = interruption_.around([&] { return index_.survey(rules, now); });
    after_survey_.happen();
    return survey;
  }
  core::Result<std::vector<core::MarkedBlob>> mark(const std::vector<core::BlobKey>& keys,
                                                   const core::GcRules& rules,
                                                   core::Timestamp now) override {
    auto marked = interruption_.around([&] { return index_.mark(keys, rules, now); });
    after_mark_.happen();
    return marked;
  }
  core::Result<std::optional<core::MarkedBlob>> mark_one(const core::BlobKey& key,
                                                         bool force,
                                                         core::Timestamp now) override {
    return interruption_.around([&] { return index_.mark_one(key, force, now); });
  }
  core::Result<std::vector<core::BlobKey>> without_record(
      const std::vector<core::BlobKey>& keys) override {
    return interruption_.around([&] { return index_.without_record(keys); });
  }
  core::Result<std::vector<core::BlobKey>> mark_orphans(const std::vector<core::BlobKey>& keys,
                                                        const std::string& store,
                                                        core::Timestamp now) override {
    return interruption_.around([&] { return index_.mark_orphans(keys, store, now); });
  }
  core::Result<void> settle(const std::vector<core::BlobKey>& keys) override {
    return interruption_.around([&] { return index_.settle(keys); });
  }

 private:
  MemoryBlobIndex& index_;
  Interruption& interruption_;
  Sequel& after_survey_;
  Sequel& after_mark_;
};

/// A home whose blobs live for 30 days, with an hour of grace.
struct CollectedPlace {
  CollectedPlace() = default;
  CollectedPlace(const CollectedPlace&) = delete;
  CollectedPlace& operator=(const CollectedPlace&) = delete;

  /// A run as it is now.
  void run(const std::string& id, core::ExecutionStatus status) {
    memory.record_run(id, status, is_terminal(status) ? std::optional(clock.now()) : std::nullopt);
  }

  /// Stored, and referred to by a run unless its name is empty. Its key.
  core::BlobKey blob(const std::string& payload, const std::string& run_id = "") {
    const auto key = store_blob(memory, a_draft(payload), clock.now());
    REQUIRE(key.ok());
    objects.add(*key, payload.size());
    if (run_id.empty()) {
      REQUIRE(memory.publish(*key, clock.now()).ok());
    } else {
      REQUIRE(memory.write_references({a_reference(*key, run_id, payload)}).ok());
    }
    return *key;
  }

  /// Half of it is stored, and whoever did so is gone.
  core::BlobKey begun(const std::string& payload) {
    const auto record = memory.begin_put(a_draft(payload), clock.now());
    REQUIRE(record.ok());
    objects.add(record->key, payload.size() / 2);
    return record->key;
  }

  /// An object that nobody has recorded.
  core::BlobKey orphan(const std::string& payload) {
    const core::BlobKey key = a_draft(payload).key;
    objects.add(key, payload.size());
    return key;
  }

  [[nodiscard]] std::optional<core::BlobState> state(const core::BlobKey& key) {
    const auto found = memory.find(key);
    REQUIRE(found.ok());
    if (!*found) return std::nullopt;
    return (*found)->state;
  }

  core::GarbageCollection collection() { return {index, places, clock}; }
  core::GcReport collect() {
    const auto report = collection().run(options);
    REQUIRE(report.ok());
    return *report;
  }

  Interruption interruption;
  FixedClock clock{noon};
  Sequel after_survey;
  Sequel after_mark;
  MemoryBlobIndex memory;
  CollectedIndex index{memory, interruption, after_survey, after_mark};
  CollectedObjects objects{interruption, clock};
  std::vector<core::Timestamp> leftovers_removed_before;
  core::GcPlaces places{
      .open = [this](const std::string& store) -> core::Result<core::ObjectStore*> {
        if (store != blob_store) {
          return core::Error{core::ErrorCode::credential, "no credentials for it"};
        }
        return &objects;
      },
      .locations = {{.store = blob_store}},
      .leftovers = {[this](core::Timestamp before) -> core::Result<std::int64_t> {
        leftovers_removed_before.push_back(before);
        return 3;
      }}};
  core::GcOptions options{
      .rules = {.grace = std::chrono::hours(1), .ttl = std::chrono::hours(30 * 24)}};
};

}  // namespace goflow::test
