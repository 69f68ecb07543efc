#include "core/claimcheck/metrics.hpp"

#include <utility>

namespace goflow::core {

void ClaimCounters::add(const ClaimCounters& other) {
  offloads += other.offloads;
  retrievals += other.retrievals;
  cache_hits += other.cache_hits;
  dedup_hits += other.dedup_hits;
  payload_bytes += other.payload_bytes;
  stored_bytes += other.stored_bytes;
  for (const auto& [operation, count] : other.errors) {
    errors[operation] += count;
  }
  uploads.add(other.uploads);
  downloads.add(other.downloads);
}

std::int64_t ClaimCounters::error_count() const {
  std::int64_t sum = 0;
  for (const auto& [operation, count] : errors) {
    sum += count;
  }
  return sum;
}

void ClaimMetrics::offloaded(std::uint64_t payload_bytes, std::uint64_t stored_bytes) {
  const std::scoped_lock turn(mutex_);
  ++counters_.offloads;
  counters_.payload_bytes += static_cast<std::int64_t>(payload_bytes);
  counters_.stored_bytes += static_cast<std::int64_t>(stored_bytes);
}

void ClaimMetrics::deduplicated() {
  const std::scoped_lock turn(mutex_);
  ++counters_.offloads;
  ++counters_.dedup_hits;
}

void ClaimMetrics::retrieved() {
  const std::scoped_lock turn(mutex_);
  ++counters_.retrievals;
}

void ClaimMetrics::found_in_cache() {
  const std::scoped_lock turn(mutex_);
  ++counters_.cache_hits;
}

void ClaimMetrics::uploaded(std::chrono::microseconds duration) {
  const std::scoped_lock turn(mutex_);
  counters_.uploads.add(duration);
}

void ClaimMetrics::downloaded(std::chrono::microseconds duration) {
  const std::scoped_lock turn(mutex_);
  counters_.downloads.add(duration);
}

void ClaimMetrics::failed(std::string_view operation) {
  const std::scoped_lock turn(mutex_);
  ++counters_.errors[std::string(operation)];
}

Result<void> ClaimMetrics::flush(ClaimMetricsStore& store) {
  ClaimCounters increments;
  {
    const std::scoped_lock turn(mutex_);
    std::swap(increments, counters_);
  }
  if (increments == ClaimCounters()) return {};
  auto added = store.add(increments);
  if (!added) {
    const std::scoped_lock turn(mutex_);
    counters_.add(increments);
  }
  return added;
}

}  // namespace goflow::core
