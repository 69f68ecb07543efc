#include "core/claimcheck/metrics.hpp"

#include "tests/support/memory_claim_metrics.hpp"

#include <doctest/doctest.h>

#include <thread>
#include <vector>

using namespace goflow;
using namespace std::chrono_literals;
using core::ClaimCounters;
using core::ClaimMetrics;

TEST_CASE("every event counts where it belongs") {
  test::MemoryClaimMetrics store;
  ClaimMetrics metrics;
  metrics.on_offload();
  metrics.on_offload();
  metrics.on_written(100, 30);
  metrics.on_duplicate();
  metrics.on_cache_hit();
  metrics.on_cache_hit();
  metrics.on_upload(2ms);
  metrics.on_download(3ms);
  metrics.on_failure("put");
  metrics.on_failure("put");
  metrics.on_failure("get");
  REQUIRE(metrics.flush(store).ok());
  const auto counters = store.read();
  REQUIRE(counters.ok());
  CHECK(counters->offloads == 2);
  CHECK(counters->dedup_hits == 1);
  CHECK(counters->retrievals == 1);
  CHECK(counters->cache_hits == 2);
  CHECK(counters->payload_bytes == 100);
  CHECK(counters->stored_bytes == 30);
  CHECK(counters->uploads.total_us() == 2000);
  CHECK(counters->downloads.total_us() == 3000);
  CHECK(counters->errors.at("put") == 2);
  CHECK(counters->error_count() == 3);
}

TEST_CASE("what was handed on is not handed on again") {
  test::MemoryClaimMetrics store;
  ClaimMetrics metrics;
  CHECK_FALSE(metrics.has_counted());
  metrics.on_cache_hit();
  CHECK(metrics.has_counted());
  REQUIRE(metrics.flush(store).ok());
  CHECK_FALSE(metrics.has_counted());
  REQUIRE(metrics.flush(store).ok());
  CHECK(store.read()->cache_hits == 1);
  metrics.on_cache_hit();
  REQUIRE(metrics.flush(store).ok());
  CHECK(store.read()->cache_hits == 2);
}

TEST_CASE("what could not be written is kept for the next time") {
  test::MemoryClaimMetrics store;
  ClaimMetrics metrics;
  metrics.on_written(100, 30);
  metrics.on_failure("put");
  store.break_down(true);
  CHECK_FALSE(metrics.flush(store).ok());
  store.break_down(false);
  metrics.on_written(1, 1);
  REQUIRE(metrics.flush(store).ok());
  CHECK(store.read()->payload_bytes == 101);
  CHECK(store.read()->errors.at("put") == 1);
}

TEST_CASE("threads may count and hand on at once, and nothing is lost") {
  constexpr int threads = 8;
  constexpr int rounds = 500;
  test::MemoryClaimMetrics store;
  ClaimMetrics metrics;
  {
    std::vector<std::jthread> counting;
    for (int i = 0; i < threads; ++i) {
      counting.emplace_back([&] {
        for (int round = 0; round < rounds; ++round) {
          metrics.on_upload(1ms);
          if (round % 50 == 0) static_cast<void>(metrics.flush(store));
        }
      });
    }
  }
  REQUIRE(metrics.flush(store).ok());
  CHECK(store.read()->uploads.count() == threads * rounds);
}
