// What the claim check did: counters that only grow and outlive the process.
#pragma once

#include "core/base/result.hpp"
#include "core/claimcheck/claim_check.hpp"
#include "core/claimcheck/latency_histogram.hpp"
#include "core/claimcheck/transfer_observer.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace goflow::core {

/// Either all that was ever counted, or what one process adds to it.
struct ClaimCounters {
  std::int64_t offloads = 0;       // values; copying a claim is none
  std::int64_t retrievals = 0;     // payloads fetched from a store
  std::int64_t cache_hits = 0;     // payloads that had been fetched before
  std::int64_t dedup_hits = 0;     // offloads whose blob existed
  std::int64_t payload_bytes = 0;  // of blobs written
  std::int64_t stored_bytes = 0;   // of the same, after compression
  std::map<std::string, std::int64_t, std::less<>> errors = {};  // by operation, after retries
  LatencyHistogram uploads = {};
  LatencyHistogram downloads = {};

  void add(const ClaimCounters& other);
  [[nodiscard]] std::int64_t error_count() const;

  friend bool operator==(const ClaimCounters&, const ClaimCounters&) = default;
};

/// Where they outlive it. Safe to use from several processes and threads at once.
class ClaimMetricsStore {
 public:
  virtual ~ClaimMetricsStore() = default;
  /// All of them or none.
  virtual Result<void> add(const ClaimCounters& increments) = 0;
  virtual Result<ClaimCounters> read() = 0;
  /// Everything is zero again.
  virtual Result<void> reset() = 0;
};

/// What this process has counted and not handed on yet. Thread safe.
class ClaimMetrics final : public ClaimObserver, public TransferObserver {
 public:
  void on_offload() override;
  void on_duplicate() override;
  void on_written(std::uint64_t size_bytes, std::uint64_t stored_bytes) override;

  void on_upload(std::chrono::microseconds duration) override;
  void on_download(std::chrono::microseconds duration) override;
  /// For both: of the same payload the one that has it asks the other no more.
  void on_cache_hit() override;
  void on_failure(std::string_view operation) override;

  /// Whether there is anything to hand on.
  [[nodiscard]] bool has_counted();
  /// Adds it to what is in the store. What cannot be written is kept for the next time.
  Result<void> flush(ClaimMetricsStore& store);

 private:
  std::mutex mutex_;
  ClaimCounters counters_;
};

}  // namespace goflow::core
