#include "storage/sqlite/history_health.hpp"

#include "core/base/clock.hpp"
#include "storage/sqlite/sqlite_execution_store.hpp"
#include "tests/support/raw_database.hpp"
#include "tests/support/temp_dir.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

using namespace goflow;

namespace {

void make_history(const std::string& path) {
  const core::SystemClock clock;
  auto store = storage::open_execution_store(path, clock);
  REQUIRE(store.ok());
  for (int i = 0; i < 200; ++i) {
    core::Execution execution;
    execution.id = "wex-" + std::to_string(i);
    execution.workflow_id = "nightly";
    execution.created_at = clock.now();
    REQUIRE((*store)->create(execution, "text of version " + std::to_string(i)).ok());
  }
}

}  // namespace

TEST_CASE("a whole history is told with what is in it") {
  test::TempDir dir;
  const std::string path = dir.path() + "/goflow.db";
  make_history(path);
  const auto health = storage::check_history(path);
  REQUIRE(health.ok());
  CHECK(health->schema > 1);
  CHECK(health->executions == 200);
  CHECK(health->faults.empty());
}

TEST_CASE("pages that were overwritten are found") {
  test::TempDir dir;
  const std::string path = dir.path() + "/goflow.db";
  make_history(path);
  {
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(static_cast<std::streamoff>(std::filesystem::file_size(path)) - 3 * 4096);
    file << std::string(2 * 4096, 'x');
  }
  const auto health = storage::check_history(path);
  // What is found depends on what the pages held: an Error, or faults one by one.
  CHECK((!health.ok() || !health->faults.empty()));
}

TEST_CASE("an older history is recognised and left as it is") {
  test::TempDir dir;
  const std::string path = dir.path() + "/goflow.db";
  make_history(path);
  const auto is_new_one_current = storage::is_history_current(path);
  REQUIRE(is_new_one_current.ok());
  CHECK(*is_new_one_current);
  test::RawDatabase(path).run("DELETE FROM migrations WHERE version > 1");
  const auto is_old_one_current = storage::is_history_current(path);
  REQUIRE(is_old_one_current.ok());
  CHECK_FALSE(*is_old_one_current);
  CHECK(test::RawDatabase(path).run("SELECT max(version) FROM migrations") == "1");
}

TEST_CASE("what is no history is an error, and is not made one") {
  test::TempDir dir;
  CHECK(storage::check_history(dir.path() + "/none").error().code == core::ErrorCode::not_found);
  CHECK(storage::is_history_current(dir.path() + "/none").error().code ==
        core::ErrorCode::not_found);
  CHECK_FALSE(std::filesystem::exists(dir.path() + "/none"));
  const std::string path = dir.path() + "/text";
  std::ofstream(path) << std::string(5000, 'x');
  CHECK_FALSE(storage::check_history(path).ok());
  CHECK_FALSE(storage::is_history_current(path).ok());
  CHECK(std::filesystem::file_size(path) == 5000);
}
