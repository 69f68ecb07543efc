#include "storage/sqlite/schedule_store.hpp"

#include "storage/sqlite/migrations.hpp"
#include "tests/contract/schedule_store_contract.hpp"
#include "tests/support/fixed_clock.hpp"
#include "tests/support/history_rows.hpp"
#include "tests/support/temp_dir.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <string>

using namespace goflow;

namespace {

struct HistoryFolder {
  std::unique_ptr<core::ScheduleStore> make() {
    auto database = storage::open_history(path, clock, [](const std::string&) {});
    REQUIRE(database.ok());
    return storage::make_schedule_store(*std::move(database));
  }

  test::TempDir dir;
  std::string path = dir.path() + "/goflow.db";
  test::FixedClock clock{test::noon};
};

}  // namespace

TEST_CASE("the SQLite store keeps the contract of the states of schedules") {
  HistoryFolder folder;
  test::schedule_store_contract([&] { return folder.make(); });
}

TEST_CASE("of two processes that look after a schedule the further one wins") {
  HistoryFolder folder;
  const auto one = folder.make();
  const auto other = folder.make();
  REQUIRE(one->find_or_begin("nightly", test::noon).ok());
  REQUIRE(other->advance("nightly", test::noon + std::chrono::hours(2), test::noon).ok());
  REQUIRE(one->advance("nightly", test::noon + std::chrono::hours(1), test::noon).ok());
  CHECK(one->find_or_begin("nightly", test::noon)->looked_after_until ==
        test::noon + std::chrono::hours(2));
}
