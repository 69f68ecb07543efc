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

void ClaimMetrics::on_offload() {
  const std::scoped_lock turn(mutex_);
  ++counters_.offloads;
}

void ClaimMetrics::on_duplicate() {
  const std::scoped_lock turn(mutex_);
  ++counters_.dedup_hits;
}

void ClaimMetrics::on_written(std::uint64_t size_bytes, std::uint64_t stored_bytes) {
  const std::scoped_lock turn(mutex_);
  counters_.payload_bytes += static_cast<std::int64_t>(size_bytes);
  counters_.stored_bytes += static_cast<std::int64_t>(stored_bytes);
}

void ClaimMetrics::on_upload(std::chrono::microseconds duration) {
  const std::scoped_lock turn(mutex_);
  counters_.uploads.add(duration);
}

void ClaimMetrics::on_download(std::chrono::microseconds duration) {
  const std::scoped_lock turn(mutex_);
  ++counters_.retrievals;
  counters_.downloads.add(duration);
}

void ClaimMetrics::on_cache_hit() {
  const std::scoped_lock turn(mutex_);
  ++counters_.cache_hits;
}

void ClaimMetrics::on_failure(std::string_view operation) {
  const std::scoped_lock turn(mutex_);
  ++counters_.errors[std::string(operation)];
}

bool ClaimMetrics::has_counted() {
  const std::scoped_lock turn(mutex_);
  return counters_ != ClaimCounters();
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
