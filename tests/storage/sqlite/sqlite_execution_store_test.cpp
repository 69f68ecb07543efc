#include "storage/sqlite/sqlite_execution_store.hpp"

#include "tests/contract/execution_store_contract.hpp"
#include "tests/support/fixed_clock.hpp"
#include "tests/support/history_rows.hpp"
#include "tests/support/temp_dir.hpp"

#include <doctest/doctest.h>

using namespace goflow;

TEST_CASE("the SQLite store keeps the contract of execution stores") {
  test::TempDir dir;
  const test::FixedClock clock(test::noon);
  test::execution_store_contract([&] {
    auto store = storage::open_execution_store(dir.path() + "/goflow.db", clock);
    REQUIRE(store.ok());
    return *std::move(store);
  });
}
