// What a collection of garbage did, or would do.
#pragma once

#include "core/claimcheck/blob_index.hpp"
#include "core/value/value.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace goflow::core {

/// Why something goes.
enum class GcReason {
  run_ended,     // more than the time to live ago, each that refers to it
  unreferenced,  // nothing refers to it: the execution was deleted, or never recorded it
  put_by_hand,   // more than the time to live ago
  unfinished,    // it was never stored whole
  half_deleted,  // an earlier collection was cut off
  record_alone,  // it had expired, and nothing refers to it any more
  no_record,     // an object of which nobody knows
};
GcReason reason_of(const MarkedBlob& blob);

struct GcTally {
  std::int64_t blobs = 0;
  std::int64_t bytes = 0;
};

struct GcReport {
  bool dry_run = false;
  std::int64_t in_use = 0;
  std::int64_t deleted = 0;  // with their records
  std::int64_t expired = 0;  // their records stay, because something refers to them
  std::int64_t left = 0;     // could not be removed, or there was no time
  std::int64_t orphans_removed = 0;
  std::int64_t orphans_left = 0;  // where others may own them
  std::int64_t temp_files_removed = 0;
  std::int64_t bytes_freed = 0;
  std::vector<std::string> failures = {};
  std::chrono::milliseconds duration{0};
  std::map<GcReason, GcTally> reasons = {};  // of all that is removed

  /// It was removed, or would be.
  void count(const MarkedBlob& blob);
  /// The same of an object without a record.
  void count_orphan(std::uint64_t bytes);
  void add(GcReason reason, std::int64_t bytes);
  [[nodiscard]] std::int64_t examined() const { return in_use + deleted + expired + left; }
};

Object to_document(const GcReport& report);

}  // namespace goflow::core
