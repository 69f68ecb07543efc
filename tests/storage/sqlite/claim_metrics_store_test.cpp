#include "storage/sqlite/claim_metrics_store.hpp"

#include "tests/support/fixed_clock.hpp"
#include "tests/support/history_rows.hpp"
#include "tests/support/raw_database.hpp"
#include "tests/support/temp_dir.hpp"

#include <doctest/doctest.h>

#include <thread>
#include <vector>

using namespace goflow;
using namespace std::chrono_literals;
using core::ClaimCounters;
using test::RawDatabase;

namespace {

struct StoreFolder {
  std::unique_ptr<core::ClaimMetricsStore> open() {
    auto store = storage::open_claim_metrics(path, clock);
    REQUIRE(store.ok());
    return *std::move(store);
  }

  test::TempDir dir;
  std::string path = dir.path() + "/goflow.db";
  test::FixedClock clock{test::noon};
};

ClaimCounters some_counters() {
  ClaimCounters counters{.offloads = 4,
                         .retrievals = 3,
                         .cache_hits = 2,
                         .dedup_hits = 1,
                         .payload_bytes = 1000,
                         .stored_bytes = 300,
                         .errors = {{"get", 1}, {"put", 2}}};
  counters.uploads.add(700us);
  counters.uploads.add(1min);
  counters.downloads.add(3ms);
  return counters;
}

}  // namespace

TEST_CASE("every counter comes back, and outlives the process") {
  StoreFolder folder;
  CHECK(*folder.open()->read() == ClaimCounters());
  REQUIRE(folder.open()->add(some_counters()).ok());
  CHECK(*folder.open()->read() == some_counters());
}

TEST_CASE("increments of several processes add up") {
  StoreFolder folder;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([store = folder.open()] {
        for (int round = 0; round < 10; ++round) {
          static_cast<void>(store->add(some_counters()));
        }
      });
    }
  }
  ClaimCounters expected;
  for (int i = 0; i < 40; ++i) {
    expected.add(some_counters());
  }
  CHECK(*folder.open()->read() == expected);
}

TEST_CASE("after a reset every counter is zero") {
  StoreFolder folder;
  const auto store = folder.open();
  REQUIRE(store->add(some_counters()).ok());
  REQUIRE(store->reset().ok());
  CHECK(*store->read() == ClaimCounters());
  REQUIRE(store->add(some_counters()).ok());
  CHECK(*store->read() == some_counters());
}

TEST_CASE("counters are rows that other programs can read, and only those that counted") {
  StoreFolder folder;
  ClaimCounters counters;
  counters.offloads = 7;
  counters.errors["put"] = 1;
  counters.downloads.add(3ms);
  counters.downloads.add(20s);
  REQUIRE(folder.open()->add(counters).ok());
  RawDatabase database(folder.path);
  CHECK(database.run("SELECT * FROM claim_metrics") ==
        "download_us|20003000\nerror_count/put|1\noffload_count|7");
  CHECK(database.run("SELECT * FROM claim_latency") ==
        "download|5000|1\ndownload|9223372036854775807|1");
}

TEST_CASE("rows that only another version knows disturb nobody") {
  StoreFolder folder;
  const auto store = folder.open();
  RawDatabase(folder.path)
      .run(
          "INSERT INTO claim_metrics VALUES ('news', 1); "
          "INSERT INTO claim_latency VALUES ('upload', 600, 2), ('rename', 500, 1)");
  const auto counters = store->read();
  REQUIRE(counters.ok());
  CHECK(counters->uploads.counts()[1] == 2);
  CHECK(counters->downloads.count() == 0);
  CHECK(counters->offloads == 0);
}
