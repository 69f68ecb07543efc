// What is gathered of a commit must be in the log before anybody looks for it, and never after its
// transaction is over.
#include "storage/sqlite/gathered_log.hpp"

#include "storage/sqlite/database.hpp"
#include "storage/sqlite/query.hpp"
#include "tests/support/opened_database.hpp"
#include "tests/support/temp_dir.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <string>

using namespace goflow;
using test::execute;
using test::open_database;

namespace {

void run(storage::Database& database, const std::string& sql) {
  const auto done = database.read([&]() -> core::Result<void> {
    database.execute(sql.c_str());
    return {};
  });
  REQUIRE(done.ok());
}

std::string text_of(storage::Database& database, const char* sql) {
  const auto text = database.read([&]() -> core::Result<std::string> {
    storage::Query query(database, sql);
    query.next();
    return query.text();
  });
  return text ? *text : text.error().message;
}

/// So many rows that the log holds a part of them before the commit: the cache is two pages.
std::string insert_rows(char letter, int count) {
  return "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
         std::to_string(count) + ") INSERT INTO rows(text) SELECT printf('" + letter +
         "%.*c', 2000, '-') FROM n";
}

struct TwoConnections {
  test::TempDir folder;
  std::unique_ptr<storage::Database> first = open_database(folder.path() + "/history.db");
  std::unique_ptr<storage::Database> second = open_database(folder.path() + "/history.db");

  TwoConnections() {
    REQUIRE(execute(*first, "CREATE TABLE rows(id INTEGER PRIMARY KEY, text TEXT)").ok());
    for (auto* database : {first.get(), second.get()}) {
      run(*database, "PRAGMA cache_size = 2; PRAGMA wal_autocheckpoint = 0");
    }
  }

  void check(const std::string& letters) {
    for (auto* database : {first.get(), second.get()}) {
      CHECK(text_of(*database, "PRAGMA integrity_check") == "ok");
      CHECK(text_of(*database,
                    "SELECT group_concat(letter || n, ' ') FROM (SELECT substr(text, 1, 1) letter, "
                    "count(*) n FROM rows GROUP BY 1 ORDER BY 1)") == letters);
    }
  }
};

}  // namespace

TEST_CASE("a commit is seen by another connection, be it of one page or of many") {
  TwoConnections test;
  for (const int count : {1, 2, 30, 100, 1000}) {
    CAPTURE(count);
    REQUIRE(execute(*test.first, "DELETE FROM rows").ok());
    REQUIRE(execute(*test.first, insert_rows('a', count)).ok());
    REQUIRE(execute(*test.second, insert_rows('b', count)).ok());
    const std::string n = std::to_string(count);
    test.check("a" + n + " b" + n);
  }
}

TEST_CASE("a transaction reads what it has written itself and not committed yet") {
  TwoConnections test;
  const auto count = test.first->write([&]() -> core::Result<std::int64_t> {
    test.first->execute(insert_rows('a', 50).c_str());
    storage::Query query(*test.first, "SELECT count(*) FROM rows WHERE text LIKE 'a-%'");
    query.next();
    return query.integer();
  });
  REQUIRE(count.ok());
  CHECK(*count == 50);
}

TEST_CASE("what was rolled back leaves no trace where another connection writes next") {
  TwoConnections test;
  for (int rows = 1; rows <= 40; ++rows) {
    // Were the pages still in the log, SQLite would read them there when it rolls back.
    run(*test.first, "PRAGMA wal_checkpoint(TRUNCATE)");
    const auto undone = test.first->write([&]() -> core::Result<void> {
      test.first->execute(insert_rows('x', rows).c_str());
      return core::Error{core::ErrorCode::internal, "undo this"};
    });
    REQUIRE_FALSE(undone.ok());
    REQUIRE(execute(*test.second, insert_rows('b', 3)).ok());
    REQUIRE(text_of(*test.first, "SELECT count(*) FROM rows") == std::to_string(rows * 6 - 3));
    REQUIRE(execute(*test.first, insert_rows('a', 3)).ok());
  }
  test.check("a120 b120");
}

TEST_CASE("a connection that is closed within a transaction writes nothing more") {
  TwoConnections test;
  {
    auto third = open_database(test.folder.path() + "/history.db");
    run(*third, "PRAGMA cache_size = 2; BEGIN IMMEDIATE; " + insert_rows('x', 20));
  }
  REQUIRE(execute(*test.second, insert_rows('b', 3)).ok());
  test.check("b3");
}
