#include "storage/sqlite/backup.hpp"

#include "tests/support/history_rows.hpp"
#include "tests/support/raw_database.hpp"
#include "tests/support/temp_dir.hpp"

#include <doctest/doctest.h>

#include <sys/stat.h>

#include <filesystem>

using namespace goflow;
using namespace std::chrono_literals;

TEST_CASE("a copy of the history is whole and its owner's alone") {
  test::TempDir dir;
  const std::string path = dir.path() + "/goflow.db";
  test::RawDatabase(path).run("CREATE TABLE t (a); INSERT INTO t VALUES (42)");
  auto database = storage::Database::open(path);
  REQUIRE(database.ok());
  const auto copy = storage::back_up(**database, 2, test::noon);
  REQUIRE(copy.ok());
  CHECK(*copy == path + ".v2-20260119T120000000000Z.bak");
  CHECK(test::RawDatabase(*copy).run("SELECT a FROM t") == "42");
  struct stat status {};
  REQUIRE(stat(copy->c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
}

TEST_CASE("the newest three copies are kept") {
  test::TempDir dir;
  const std::string path = dir.path() + "/goflow.db";
  test::RawDatabase(path).run("CREATE TABLE t (a)");
  test::RawDatabase(dir.path() + "/goflow.db.vital.txt").run("CREATE TABLE t (a)");
  auto database = storage::Database::open(path);
  REQUIRE(database.ok());
  for (const int version : {9, 1, 2, 3}) {
    REQUIRE(storage::back_up(**database, version, test::noon + version % 9 * 1h).ok());
  }
  CHECK(dir.entries() == std::vector<std::string>{"goflow.db",
                                                  "goflow.db.v1-20260119T130000000000Z.bak",
                                                  "goflow.db.v2-20260119T140000000000Z.bak",
                                                  "goflow.db.v3-20260119T150000000000Z.bak",
                                                  "goflow.db.vital.txt"});
}

TEST_CASE("a copy that cannot be made leaves nothing behind") {
  test::TempDir dir;
  const std::string path = dir.path() + "/goflow.db";
  test::RawDatabase(path).run("CREATE TABLE t (a)");
  auto database = storage::Database::open(path);
  REQUIRE(database.ok());
  const std::string target = path + ".v1-20260119T120000000000Z.bak";
  std::filesystem::create_directories(target + "/in the way");
  const auto copy = storage::back_up(**database, 1, test::noon);
  REQUIRE_FALSE(copy.ok());
  CHECK(copy.error().code == core::ErrorCode::unavailable);
  CHECK_FALSE(std::filesystem::exists(target + ".tmp"));
}
