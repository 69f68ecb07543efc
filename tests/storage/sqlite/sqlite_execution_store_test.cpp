#include "storage/sqlite/sqlite_execution_store.hpp"

#include "tests/contract/execution_store_contract.hpp"
#include "tests/support/fixed_clock.hpp"
#include "tests/support/history_rows.hpp"
#include "tests/support/temp_dir.hpp"

#include <doctest/doctest.h>

using namespace goflow;

namespace {

/// Makes stores in a folder of its own.
struct StoreFolder {
  std::unique_ptr<core::ExecutionStore> make() {
    auto store = storage::open_execution_store(dir.path() + "/goflow.db", clock);
    REQUIRE(store.ok());
    return *std::move(store);
  }

  test::TempDir dir;
  test::FixedClock clock{test::noon};
};

}  // namespace

TEST_CASE("the SQLite store keeps the contract of execution stores") {
  StoreFolder folder;
  test::execution_store_contract([&] { return folder.make(); });
}

TEST_CASE("a journal in SQLite keeps the contract of run journals") {
  StoreFolder folder;
  test::run_journal_contract([&] { return folder.make(); });
}
