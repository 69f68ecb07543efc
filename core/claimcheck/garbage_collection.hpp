// Removes blobs that nobody needs, and what puts that were cut off have left behind.
#pragma once

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/claimcheck/blob_index.hpp"
#include "core/claimcheck/gc_report.hpp"
#include "core/claimcheck/object_store.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace goflow::core {

/// Where blobs may lie that have no record.
struct BlobLocation {
  std::string store;       // as records name it
  bool is_shared = false;  // others may own objects in it: a bucket without a prefix
};

/// What gc works on beside the register.
struct GcPlaces {
  /// The store of a location as records name it, which outlives the collection. An Error: it cannot
  /// be reached from here.
  std::function<Result<ObjectStore*>(const std::string& store)> open;
  std::vector<BlobLocation> locations = {};
  /// Each removes temporary files that nobody has written to since, and that belong to no run that
  /// goes on; how many.
  std::vector<std::function<Result<std::int64_t>(Timestamp before)>> leftovers = {};
};

struct GcOptions {
  GcRules rules;
  bool dry_run = false;
  std::optional<std::chrono::milliseconds> time_limit = std::nullopt;  // the rest waits
};

enum class RemovedBlob {
  gone,     // with its record, or there was none
  expired,  // something refers to it
  refused,  // something refers to it, and it was not forced
};

/// 1. A blob is marked in one short transaction, in which it is looked at again. From then on no
///    put relies on its object, and no record can refer to it any more.
/// 2. Then its object is removed, and only then its record settled. Whenever this is cut off, the
///    next collection finds what is marked, after the grace period, and goes on.
/// 3. A collector that was held up for long leaves the objects that it has marked alone: another
///    one may have settled them, and a put may have stored them anew.
/// 4. An object without a record is recorded as marked before it is removed, for the same reason.
class GarbageCollection {
 public:
  GarbageCollection(BlobIndex& index, GcPlaces places, const Clock& clock)
      : index_(index), places_(std::move(places)), clock_(clock) {}

  /// A store that fails is part of the report; an Error is that the register failed.
  Result<GcReport> run(const GcOptions& options);
  /// One blob, whatever its age.
  Result<RemovedBlob> remove(const BlobKey& key, bool force);
  /// The same of one whose store does not answer: its bytes stay where they are.
  Result<RemovedBlob> forget(const BlobKey& key);

 private:
  class Round;

  BlobIndex& index_;
  GcPlaces places_;
  const Clock& clock_;
};

}  // namespace goflow::core
