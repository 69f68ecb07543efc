#include "core/claimcheck/garbage_collection.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace goflow::core {
namespace {

using namespace std::chrono_literals;

// Marked together: as much as one transaction should hold up others for.
constexpr std::size_t batch_size = 100;
// Keys that are looked up together.
constexpr std::size_t page_size = 1000;
// A store that fails so often in a row is not asked again in this round.
constexpr int tolerated_failures = 3;

std::vector<BlobKey> keys_of(const std::vector<MarkedBlob>& blobs) {
  std::vector<BlobKey> keys;
  keys.reserve(blobs.size());
  for (const MarkedBlob& blob : blobs) {
    keys.push_back(blob.record.key);
  }
  return keys;
}

/// Calls `work` with so many at a time until it says false.
template <class T, class Work>
Result<void> in_batches(const std::vector<T>& all, const Work& work) {
  for (std::size_t begin = 0; begin < all.size(); begin += batch_size) {
    const auto from = all.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto count = std::min(batch_size, all.size() - begin);
    GOFLOW_TRY(const bool goes_on,
               work(std::vector<T>(from, from + static_cast<std::ptrdiff_t>(count))));
    if (!goes_on) break;
  }
  return {};
}

}  // namespace

/// One collection from its beginning to its end.
class GarbageCollection::Round {
 public:
  Round(BlobIndex& index, const GcPlaces& places, const Clock& clock, const GcOptions& options)
      : index_(index), places_(places), clock_(clock), options_(options), started_(clock.now()) {
    report_.dry_run = options.dry_run;
  }

  Result<GcReport> run();

 private:
  /// Objects that are to be removed from one store.
  struct Sweep {
    ObjectStore* store = nullptr;
    Timestamp marked_at;
    int failures_in_a_row = 0;
  };

  Result<void> collect_recorded();
  Result<void> collect_from(const std::string& store, const std::vector<MarkedBlob>& blobs);
  Result<bool> collect_batch(Sweep& sweep, const std::vector<MarkedBlob>& blobs);
  Result<void> forget_expired(const std::vector<MarkedBlob>& blobs);
  void count(const std::vector<MarkedBlob>& removed);
  void remove_leftovers();
  Result<void> collect_orphans(const BlobLocation& location);
  Result<std::vector<ObjectStat>> find_orphans(ObjectStore& store, const BlobLocation& location);
  Result<void> add_unrecorded(const std::vector<ObjectStat>& page,
                              std::vector<ObjectStat>& orphans);
  Result<bool> remove_orphans(Sweep& sweep,
                              const std::string& location,
                              const std::vector<ObjectStat>& orphans);

  /// nullptr, and noted, when it cannot be.
  ObjectStore* open(const std::string& store);
  /// false: the object may still be there.
  bool remove_object(Sweep& sweep, const BlobKey& key);
  [[nodiscard]] bool time_is_up() const;
  [[nodiscard]] bool was_held_up(const Sweep& sweep) const;
  [[nodiscard]] bool goes_on(const Sweep& sweep) const {
    return !time_is_up() && sweep.failures_in_a_row < tolerated_failures;
  }

  BlobIndex& index_;
  const GcPlaces& places_;
  const Clock& clock_;
  const GcOptions& options_;
  const Timestamp started_;
  GcReport report_;
};

Result<GcReport> GarbageCollection::Round::run() {
  GOFLOW_TRY(collect_recorded());
  remove_leftovers();
  for (const BlobLocation& location : places_.locations) {
    if (time_is_up()) break;
    GOFLOW_TRY(collect_orphans(location));
  }
  report_.duration = std::chrono::duration_cast<std::chrono::milliseconds>(clock_.now() - started_);
  return std::move(report_);
}

Result<void> GarbageCollection::Round::collect_recorded() {
  GOFLOW_TRY(GcSurvey survey, index_.survey(options_.rules, started_));
  report_.in_use = survey.in_use;
  if (options_.dry_run) {
    for (const MarkedBlob& blob : survey.can_go) {
      report_.count(blob);
    }
    return {};
  }
  report_.left = std::ssize(survey.can_go);
  std::map<std::string, std::vector<MarkedBlob>> by_store;
  std::vector<MarkedBlob> expired;
  for (MarkedBlob& blob : survey.can_go) {
    const bool has_object = blob.record.state != BlobState::expired;
    (has_object ? by_store[blob.record.store] : expired).push_back(std::move(blob));
  }
  GOFLOW_TRY(forget_expired(expired));
  for (const auto& [store, blobs] : by_store) {
    GOFLOW_TRY(collect_from(store, blobs));
  }
  return {};
}

Result<void> GarbageCollection::Round::forget_expired(const std::vector<MarkedBlob>& blobs) {
  return in_batches(blobs, [&](const std::vector<MarkedBlob>& batch) -> Result<bool> {
    GOFLOW_TRY(const auto marked, index_.mark(keys_of(batch), options_.rules, clock_.now()));
    std::vector<MarkedBlob> without_object;
    for (const MarkedBlob& blob : marked) {
      if (blob.record.state == BlobState::expired) without_object.push_back(blob);
    }
    GOFLOW_TRY(index_.settle(keys_of(without_object)));
    count(without_object);
    return !time_is_up();
  });
}

Result<void> GarbageCollection::Round::collect_from(const std::string& store,
                                                    const std::vector<MarkedBlob>& blobs) {
  if (time_is_up()) return {};
  // Before anything is marked: what cannot be removed from here stays as it is.
  ObjectStore* opened = open(store);
  if (opened == nullptr) return {};
  Sweep sweep{.store = opened, .marked_at = started_};
  return in_batches(
      blobs, [&](const std::vector<MarkedBlob>& batch) { return collect_batch(sweep, batch); });
}

Result<bool> GarbageCollection::Round::collect_batch(Sweep& sweep,
                                                     const std::vector<MarkedBlob>& blobs) {
  sweep.marked_at = clock_.now();
  GOFLOW_TRY(const auto marked, index_.mark(keys_of(blobs), options_.rules, sweep.marked_at));
  // Somebody has found a use for the others meanwhile.
  const std::int64_t wanted_again = std::ssize(blobs) - std::ssize(marked);
  report_.in_use += wanted_again;
  report_.left -= wanted_again;
  std::vector<MarkedBlob> removed;
  for (const MarkedBlob& blob : marked) {
    if (!goes_on(sweep)) break;
    if (remove_object(sweep, blob.record.key)) removed.push_back(blob);
  }
  GOFLOW_TRY(index_.settle(keys_of(removed)));
  count(removed);
  return goes_on(sweep);
}

void GarbageCollection::Round::count(const std::vector<MarkedBlob>& removed) {
  for (const MarkedBlob& blob : removed) {
    report_.count(blob);
  }
  report_.left -= std::ssize(removed);
}

void GarbageCollection::Round::remove_leftovers() {
  if (options_.dry_run) return;
  for (const auto& remove : places_.leftovers) {
    if (time_is_up()) return;
    const auto removed = remove(started_ - options_.rules.grace);
    if (removed) {
      report_.temp_files_removed += *removed;
    } else {
      report_.failures.push_back(removed.error().message);
    }
  }
}

Result<void> GarbageCollection::Round::collect_orphans(const BlobLocation& location) {
  ObjectStore* store = open(location.store);
  if (store == nullptr) return {};
  GOFLOW_TRY(const auto orphans, find_orphans(*store, location));
  if (location.is_shared) {
    report_.orphans_left += std::ssize(orphans);
    return {};
  }
  if (options_.dry_run) {
    for (const ObjectStat& orphan : orphans) {
      report_.count_orphan(orphan.size);
    }
    return {};
  }
  Sweep sweep{.store = store, .marked_at = started_};
  return in_batches(orphans, [&](const std::vector<ObjectStat>& batch) {
    return remove_orphans(sweep, location.store, batch);
  });
}

Result<std::vector<ObjectStat>> GarbageCollection::Round::find_orphans(
    ObjectStore& store, const BlobLocation& location) {
  std::vector<ObjectStat> orphans;
  std::vector<ObjectStat> page;
  Result<void> looked_up;
  const auto look_up = [&] {
    looked_up = add_unrecorded(page, orphans);
    page.clear();
    return looked_up.ok();
  };
  const auto listed = store.list_keys([&](const ObjectStat& object) {
    if (object.modified > started_ - options_.rules.grace) return !time_is_up();
    page.push_back(object);
    if (page.size() < page_size) return true;
    return look_up() && !time_is_up();
  });
  if (looked_up && !page.empty()) look_up();
  GOFLOW_TRY(std::move(looked_up));
  if (!listed) {
    report_.failures.push_back("'" + location.store + "': " + listed.error().message);
  }
  return orphans;
}

Result<void> GarbageCollection::Round::add_unrecorded(const std::vector<ObjectStat>& page,
                                                      std::vector<ObjectStat>& orphans) {
  std::map<BlobKey, const ObjectStat*> by_key;
  std::vector<BlobKey> keys;
  for (const ObjectStat& object : page) {
    by_key.emplace(object.key, &object);
    keys.push_back(object.key);
  }
  GOFLOW_TRY(const auto unrecorded, index_.without_record(keys));
  for (const BlobKey& key : unrecorded) {
    orphans.push_back(*by_key.at(key));
  }
  return {};
}

Result<bool> GarbageCollection::Round::remove_orphans(Sweep& sweep,
                                                      const std::string& location,
                                                      const std::vector<ObjectStat>& orphans) {
  std::map<BlobKey, std::uint64_t> sizes;
  std::vector<BlobKey> keys;
  for (const ObjectStat& orphan : orphans) {
    sizes.emplace(orphan.key, orphan.size);
    keys.push_back(orphan.key);
  }
  sweep.marked_at = clock_.now();
  GOFLOW_TRY(const auto marked, index_.mark_orphans(keys, location, sweep.marked_at));
  std::vector<BlobKey> removed;
  for (const BlobKey& key : marked) {
    if (!goes_on(sweep)) break;
    if (!remove_object(sweep, key)) continue;
    removed.push_back(key);
    report_.count_orphan(sizes.at(key));
  }
  GOFLOW_TRY(index_.settle(removed));
  return goes_on(sweep);
}

ObjectStore* GarbageCollection::Round::open(const std::string& store) {
  auto opened = places_.open(store);
  if (opened) return *opened;
  report_.failures.push_back("'" + store + "': " + opened.error().message);
  return nullptr;
}

bool GarbageCollection::Round::remove_object(Sweep& sweep, const BlobKey& key) {
  if (was_held_up(sweep)) return false;
  const auto removed = sweep.store->remove(key);
  if (removed) {
    sweep.failures_in_a_row = 0;
    return true;
  }
  ++sweep.failures_in_a_row;
  report_.failures.push_back("blob '" + key.text() + "': " + removed.error().message);
  return false;
}

bool GarbageCollection::Round::time_is_up() const {
  return options_.time_limit && clock_.now() - started_ >= *options_.time_limit;
}

bool GarbageCollection::Round::was_held_up(const Sweep& sweep) const {
  // Well before another collector may take over.
  return clock_.now() - sweep.marked_at > lease_of_collector(options_.rules) / 2;
}

Result<GcReport> GarbageCollection::run(const GcOptions& options) {
  return Round(index_, places_, clock_, options).run();
}

Result<RemovedBlob> GarbageCollection::remove(const BlobKey& key, bool force) {
  GOFLOW_TRY(const auto record, index_.find(key));
  if (!record) return RemovedBlob::gone;
  // Before it is marked: what cannot be removed from here stays as it is.
  GOFLOW_TRY(ObjectStore * store, places_.open(record->store));
  GOFLOW_TRY(const auto marked, index_.mark_one(key, force, clock_.now()));
  if (!marked) {
    GOFLOW_TRY(const auto still, index_.find(key));
    return still ? RemovedBlob::refused : RemovedBlob::gone;
  }
  GOFLOW_TRY(store->remove(key));
  GOFLOW_TRY(index_.settle({key}));
  return marked->is_referenced ? RemovedBlob::expired : RemovedBlob::gone;
}

Result<RemovedBlob> GarbageCollection::forget(const BlobKey& key) {
  GOFLOW_TRY(const auto marked, index_.mark_one(key, /*force=*/true, clock_.now()));
  if (!marked) return RemovedBlob::gone;
  GOFLOW_TRY(index_.settle({key}));
  return marked->is_referenced ? RemovedBlob::expired : RemovedBlob::gone;
}

}  // namespace goflow::core
