#include "storage/sqlite/claim_metrics_store.hpp"

#include "storage/sqlite/query.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <mutex>
#include <string_view>

namespace goflow::storage {
namespace {

using core::ClaimCounters;
using core::LatencyHistogram;
using core::Result;

constexpr std::string_view add_to_counter = R"sql(
INSERT INTO claim_metrics (name, value) VALUES (?1, ?2)
  ON CONFLICT (name) DO UPDATE SET value = value + excluded.value)sql";

constexpr std::string_view add_to_bucket = R"sql(
INSERT INTO claim_latency (operation, le_us, count) VALUES (?1, ?2, ?3)
  ON CONFLICT (operation, le_us) DO UPDATE SET count = count + excluded.count)sql";

struct NamedCounter {
  std::string_view name;
  std::int64_t ClaimCounters::*count;
};

constexpr std::array plain_counters{
    NamedCounter{"offload_count", &ClaimCounters::offloads},
    NamedCounter{"retrieval_count", &ClaimCounters::retrievals},
    NamedCounter{"cache_hits", &ClaimCounters::cache_hits},
    NamedCounter{"dedup_hits", &ClaimCounters::dedup_hits},
    NamedCounter{"total_bytes_stored", &ClaimCounters::payload_bytes},
    NamedCounter{"stored_bytes", &ClaimCounters::stored_bytes}};

// Followed by the operation.
constexpr std::string_view errors_of = "error_count/";

struct NamedLatency {
  std::string_view operation;
  std::string_view total;  // the counter of all their time
  LatencyHistogram ClaimCounters::*latency;
};

constexpr std::array latencies{NamedLatency{"upload", "upload_us", &ClaimCounters::uploads},
                               NamedLatency{"download", "download_us", &ClaimCounters::downloads}};

// Of the last bucket, which has no bound.
constexpr std::int64_t without_bound = std::numeric_limits<std::int64_t>::max();

std::int64_t bound_of(std::size_t bucket) {
  const auto& bounds = LatencyHistogram::bounds_us;
  return bucket < bounds.size() ? bounds[bucket] : without_bound;
}

/// Of a bound that only another version knows: the next higher one.
std::size_t bucket_of(std::int64_t bound_us) {
  const auto& bounds = LatencyHistogram::bounds_us;
  const auto found = std::lower_bound(bounds.begin(), bounds.end(), bound_us);
  return static_cast<std::size_t>(found - bounds.begin());
}

/// Threads take turns at its connection.
class SqliteClaimMetricsStore final : public core::ClaimMetricsStore {
 public:
  explicit SqliteClaimMetricsStore(std::shared_ptr<Database> database)
      : database_(std::move(database)) {}

  Result<void> add(const ClaimCounters& increments) override {
    const std::scoped_lock turn(mutex_);
    return database_->write([&]() -> Result<void> {
      add_counters(increments);
      for (const NamedLatency& named : latencies) {
        add_latency(named, increments.*named.latency);
      }
      return {};
    });
  }

  Result<ClaimCounters> read() override {
    const std::scoped_lock turn(mutex_);
    return database_->read_state([&]() -> Result<ClaimCounters> {
      ClaimCounters counters;
      Query counter(*database_, "SELECT name, value FROM claim_metrics");
      while (counter.next()) {
        const std::string name = counter.text();
        read_counter(counters, name, counter.integer());
      }
      Query bucket(*database_, "SELECT operation, le_us, count FROM claim_latency");
      while (bucket.next()) {
        read_bucket(counters, bucket);
      }
      return counters;
    });
  }

  Result<void> reset() override {
    const std::scoped_lock turn(mutex_);
    return database_->write([&]() -> Result<void> {
      database_->execute("DELETE FROM claim_metrics; DELETE FROM claim_latency");
      return {};
    });
  }

 private:
  void add_counters(const ClaimCounters& increments) {
    for (const NamedCounter& counter : plain_counters) {
      add_counter(std::string(counter.name), increments.*counter.count);
    }
    for (const auto& [operation, count] : increments.errors) {
      add_counter(std::string(errors_of) + operation, count);
    }
  }

  void add_latency(const NamedLatency& named, const LatencyHistogram& latency) {
    add_counter(std::string(named.total), latency.total_us());
    for (std::size_t bucket = 0; bucket < LatencyHistogram::bucket_count; ++bucket) {
      const std::int64_t count = latency.counts()[bucket];
      if (count == 0) continue;
      Query(*database_, add_to_bucket).bind(named.operation, bound_of(bucket), count).run();
    }
  }

  void add_counter(const std::string& name, std::int64_t increment) {
    if (increment == 0) return;
    Query(*database_, add_to_counter).bind(name, increment).run();
  }

  /// What has another name is of a newer version.
  static void read_counter(ClaimCounters& counters, const std::string& name, std::int64_t value) {
    for (const NamedCounter& counter : plain_counters) {
      if (name == counter.name) counters.*counter.count = value;
    }
    for (const NamedLatency& named : latencies) {
      if (name == named.total) (counters.*named.latency).add_total(value);
    }
    if (name.starts_with(errors_of)) counters.errors[name.substr(errors_of.size())] = value;
  }

  static void read_bucket(ClaimCounters& counters, Query& row) {
    const std::string operation = row.text();
    const std::size_t bucket = bucket_of(row.integer());
    const std::int64_t count = row.integer();
    for (const NamedLatency& named : latencies) {
      if (operation == named.operation) (counters.*named.latency).add_bucket(bucket, count);
    }
  }

  std::mutex mutex_;
  std::shared_ptr<Database> database_;
};

}  // namespace

Result<std::unique_ptr<core::ClaimMetricsStore>> open_claim_metrics(const std::string& path,
                                                                    const core::Clock& clock,
                                                                    const HistoryNotice& notice) {
  GOFLOW_TRY(std::shared_ptr<Database> database, open_history(path, clock, notice));
  return std::unique_ptr<core::ClaimMetricsStore>(
      std::make_unique<SqliteClaimMetricsStore>(std::move(database)));
}

}  // namespace goflow::storage
