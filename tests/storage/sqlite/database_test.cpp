#include "storage/sqlite/database.hpp"

#include "storage/sqlite/database_error.hpp"
#include "storage/sqlite/query.hpp"
#include "tests/support/opened_database.hpp"
#include "tests/support/raw_database.hpp"
#include "tests/support/temp_dir.hpp"

#include <doctest/doctest.h>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

using namespace goflow;
using test::execute;
using test::open_database;

namespace {

core::Result<std::int64_t> number(storage::Database& database, const char* sql) {
  return database.read([&]() -> core::Result<std::int64_t> {
    storage::Query query(database, sql);
    query.next();
    return query.integer();
  });
}

mode_t mode_of(const std::string& path) {
  struct stat status {};
  REQUIRE(stat(path.c_str(), &status) == 0);
  return status.st_mode & 0777;
}

/// For the time of its life SQLite has no shared memory, as on some network file systems.
class NoSharedMemory {
 public:
  NoSharedMemory() : usual_(sqlite3_vfs_find(nullptr)) {
    sqlite3_vfs_register(sqlite3_vfs_find("unix-dotfile"), 1);
  }
  ~NoSharedMemory() { sqlite3_vfs_register(usual_, 1); }
  NoSharedMemory(const NoSharedMemory&) = delete;
  NoSharedMemory& operator=(const NoSharedMemory&) = delete;

 private:
  sqlite3_vfs* usual_;
};

}  // namespace

TEST_CASE("each commit reaches the disk where that is wanted") {
  test::TempDir dir;
  const auto database = open_database(dir.path() + "/goflow.db");
  CHECK(*number(*database, "PRAGMA synchronous") == 1);
  REQUIRE(database->flush_every_commit().ok());
  CHECK(*number(*database, "PRAGMA synchronous") == 2);
}

TEST_CASE("a new database and its log can be read by their owner alone") {
  test::TempDir dir;
  const mode_t before = umask(0);
  const auto database = open_database(dir.path() + "/goflow.db");
  REQUIRE(execute(*database, "CREATE TABLE t (a)").ok());
  umask(before);
  CHECK(mode_of(dir.path() + "/goflow.db") == 0600);
  CHECK(mode_of(dir.path() + "/goflow.db-wal") == 0600);
}

TEST_CASE("a connection is set up for many processes") {
  test::TempDir dir;
  const auto database = open_database(dir.path() + "/goflow.db");
  CHECK(*number(*database, "PRAGMA foreign_keys") == 1);
  CHECK(*number(*database, "PRAGMA synchronous") == 1);
  CHECK(test::RawDatabase(dir.path() + "/goflow.db").run("PRAGMA journal_mode") == "wal");
}

TEST_CASE("without shared memory a rollback journal is used, and every commit is flushed") {
  test::TempDir dir;
  const NoSharedMemory somewhere_else;
  auto database = storage::Database::open(dir.path() + "/goflow.db");
  REQUIRE(database.ok());
  const auto mode = (*database)->choose_journal_mode();
  REQUIRE(mode.ok());
  CHECK(*mode == storage::JournalMode::rollback);
  CHECK(*number(**database, "PRAGMA synchronous") == 2);
  CHECK(execute(**database, "CREATE TABLE t (a)").ok());
}

TEST_CASE("an error of the work undoes its writes") {
  test::TempDir dir;
  const auto database = open_database(dir.path() + "/goflow.db");
  REQUIRE(execute(*database, "CREATE TABLE t (a)").ok());
  const auto refused = database->write([&]() -> core::Result<void> {
    database->execute("INSERT INTO t VALUES (1)");
    return core::Error{core::ErrorCode::failed_precondition, "no"};
  });
  CHECK(refused.error().message == "no");
  CHECK(*number(*database, "SELECT count(*) FROM t") == 0);
}

TEST_CASE("what SQLite refuses becomes an error and leaves the connection usable") {
  test::TempDir dir;
  const auto database = open_database(dir.path() + "/goflow.db");
  const auto refused = execute(*database, "CREATE TABLE t (a); INSERT INTO u VALUES (1)");
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message.find("no such table: u") != std::string::npos);
  CHECK(execute(*database, "CREATE TABLE t (a)").ok());
}

TEST_CASE("a writer waits for another one") {
  test::TempDir dir;
  const std::string path = dir.path() + "/goflow.db";
  const auto database = open_database(path);
  REQUIRE(execute(*database, "CREATE TABLE t (a)").ok());
  int ready[2];
  REQUIRE(pipe(ready) == 0);
  const pid_t other = fork();
  if (other == 0) {
    test::RawDatabase holder(path);
    holder.run("BEGIN IMMEDIATE; INSERT INTO t VALUES (1)");
    const bool told = write(ready[1], "x", 1) == 1;
    usleep(50'000);  // the longer the more waiting is tried; no outcome depends on it
    holder.run("COMMIT");
    _exit(told ? 0 : 1);
  }
  char byte = 0;
  REQUIRE(read(ready[0], &byte, 1) == 1);
  CHECK(execute(*database, "INSERT INTO t VALUES (2)").ok());
  CHECK(*number(*database, "SELECT count(*) FROM t") == 2);
  int status = 0;
  waitpid(other, &status, 0);
  CHECK(status == 0);
  close(ready[0]);
  close(ready[1]);
}

TEST_CASE("a folder that is not there is named") {
  const auto database = storage::Database::open("/nowhere/goflow.db");
  REQUIRE_FALSE(database.ok());
  CHECK(database.error().code == core::ErrorCode::unavailable);
  CHECK(database.error().message ==
        "cannot create the history '/nowhere/goflow.db': no such file or directory");
}

TEST_CASE("no error shows SQLite's words for a lock") {
  for (const int code : {SQLITE_BUSY, SQLITE_BUSY_SNAPSHOT, SQLITE_LOCKED, SQLITE_PROTOCOL}) {
    const core::Error error = storage::database_error(code, "database is locked", "h.db");
    CHECK(error.code == core::ErrorCode::unavailable);
    CHECK(error.message.find("locked") == std::string::npos);
    CHECK_FALSE(error.hint.empty());
  }
  CHECK(storage::database_error(SQLITE_FULL, "", "h.db").message ==
        "no space left for the history 'h.db'");
}
