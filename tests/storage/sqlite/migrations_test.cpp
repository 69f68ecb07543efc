#include "storage/sqlite/migrations.hpp"

#include "storage/files/atomic_file.hpp"
#include "storage/files/file_reading.hpp"
#include "storage/sqlite/sqlite_execution_store.hpp"
#include "tests/support/fixed_clock.hpp"
#include "tests/support/history_rows.hpp"
#include "tests/support/raw_database.hpp"
#include "tests/support/temp_dir.hpp"

#include <doctest/doctest.h>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace goflow;
using test::RawDatabase;

namespace {

/// What the original left behind, its several ways to write a time among it.
constexpr const char* original = R"sql(
CREATE TABLE executions (id TEXT PRIMARY KEY, workflow_id TEXT NOT NULL, workflow_version TEXT NOT NULL, status TEXT NOT NULL,
  started_at TIMESTAMP NOT NULL, completed_at TIMESTAMP, error_type TEXT, error_message TEXT, error_node_id TEXT,
  error_context TEXT, return_value TEXT, created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE node_executions (id TEXT PRIMARY KEY, execution_id TEXT NOT NULL, node_id TEXT NOT NULL, node_type TEXT NOT NULL,
  status TEXT NOT NULL, started_at TIMESTAMP NOT NULL, completed_at TIMESTAMP, inputs TEXT, outputs TEXT, error_type TEXT,
  error_message TEXT, error_context TEXT, retry_count INTEGER DEFAULT 0,
  FOREIGN KEY (execution_id) REFERENCES executions(id) ON DELETE CASCADE);
CREATE TABLE variable_snapshots (id INTEGER PRIMARY KEY AUTOINCREMENT, execution_id TEXT NOT NULL, node_execution_id TEXT,
  variable_name TEXT NOT NULL, old_value TEXT, new_value TEXT, timestamp TIMESTAMP NOT NULL,
  FOREIGN KEY (execution_id) REFERENCES executions(id) ON DELETE CASCADE,
  FOREIGN KEY (node_execution_id) REFERENCES node_executions(id) ON DELETE SET NULL);
CREATE TABLE migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL UNIQUE,
  applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP);
CREATE INDEX idx_executions_workflow ON executions(workflow_id);
CREATE INDEX idx_executions_whatever ON executions(status, started_at);
INSERT INTO migrations (version) VALUES (1);
INSERT INTO executions VALUES
  ('0aa6c1', 'old-flow', '1.0.0', 'failed', '2025-11-05 12:34:56.789 +0000 UTC',
   '2025-11-05 12:34:59.5 +0100 CET m=+0.01', 'execution', 'boom', 'load', '{"code":7}', NULL,
   '2025-11-05 12:34:56'),
  ('0bb6c1', 'old-flow', '1.0.0', 'running', '2025-11-06T08:00:00Z', NULL, NULL, NULL, NULL, NULL,
   '{"n":1}', NULL),
  ('0cc6c1', 'old-flow', '1.0.0', 'completed', 'some time ago', NULL, '', '', '', '', 'not JSON',
   'some time ago');
INSERT INTO node_executions VALUES
  ('n1', '0aa6c1', 'load', 'mcp_tool', 'failed', '2025-11-05 12:34:57', '2025-11-05 12:34:58',
   '{"a":1}', NULL, 'execution', 'boom', NULL, 2);
INSERT INTO variable_snapshots VALUES
  (1, '0aa6c1', 'n1', 'total', NULL, '5', '2025-11-05 12:34:58.25 +0000 UTC');
)sql";

struct History {
  test::TempDir dir;
  std::string path = dir.path() + "/goflow.db";
  test::FixedClock clock{test::noon};

  core::Result<std::unique_ptr<core::ExecutionStore>> open() {
    return storage::open_execution_store(
        path, clock, [this](const std::string& notice) { notices.push_back(notice); });
  }
  std::vector<std::string> notices;
};

void write_file(const std::string& path, const std::string& bytes) {
  REQUIRE(storage::write_file_atomic(path, bytes, 0644).ok());
}

}  // namespace

TEST_CASE("a new history has the newest shape and no copy") {
  History history;
  REQUIRE(history.open().ok());
  CHECK(RawDatabase(history.path).run("SELECT version, applied_at FROM migrations") ==
        "1|2026-01-19T12:00:00.000000Z\n2|2026-01-19T12:00:00.000000Z\n"
        "3|2026-01-19T12:00:00.000000Z\n4|2026-01-19T12:00:00.000000Z\n"
        "5|2026-01-19T12:00:00.000000Z\n6|2026-01-19T12:00:00.000000Z");
  CHECK(history.dir.entries() == std::vector<std::string>{"goflow.db"});
  CHECK(history.notices.empty());
}

TEST_CASE("a history that is up to date is opened as it is") {
  History history;
  REQUIRE(history.open().ok());
  const auto before = storage::read_file(history.path);
  REQUIRE(history.open().ok());
  CHECK(*storage::read_file(history.path) == *before);
  CHECK(history.dir.entries() == std::vector<std::string>{"goflow.db"});
}

TEST_CASE("a history of the original is upgraded in place, with all its rows") {
  History history;
  RawDatabase(history.path).run(original);
  auto opened = history.open();
  REQUIRE(opened.ok());
  core::ExecutionStore& store = **opened;

  const auto failed = store.find("0aa6c1");
  REQUIRE(failed.ok());
  REQUIRE(failed->has_value());
  CHECK((*failed)->status == core::ExecutionStatus::failed);
  CHECK(core::format_rfc3339((*failed)->created_at) == "2025-11-05T12:34:56.000000Z");
  CHECK(core::format_rfc3339(*(*failed)->started_at) == "2025-11-05T12:34:56.789000Z");
  CHECK(core::format_rfc3339(*(*failed)->completed_at) == "2025-11-05T11:34:59.500000Z");
  CHECK((*failed)->error->node == "load");
  CHECK((*failed)->error->context == core::Object{{"code", 7}});
  CHECK((*failed)->definition_sha256.empty());

  const auto running = store.find("0bb6c1");
  CHECK((*running)->return_value == core::Value(core::Object{{"n", 1}}));
  CHECK(core::format_rfc3339((*running)->created_at) == "2025-11-06T08:00:00.000000Z");

  const auto nodes = store.nodes("0aa6c1");
  REQUIRE(nodes->size() == 1);
  CHECK(nodes->front().path == "load");
  CHECK(nodes->front().attempt == 3);
  CHECK(core::format_rfc3339(*nodes->front().started_at) == "2025-11-05T12:34:57.000000Z");
  const auto variables = store.variables("0aa6c1");
  CHECK(variables->at(0).node_path == "load");
  CHECK(core::format_rfc3339(variables->at(0).at) == "2025-11-05T12:34:58.250000Z");
  CHECK(RawDatabase(history.path).run("SELECT status, n FROM execution_counts") ==
        "completed|1\nfailed|1\nrunning|1");
}

TEST_CASE("an unreadable time of the original stays, and does not stop a walk over pages") {
  History history;
  RawDatabase(history.path).run(original);
  auto opened = history.open();
  REQUIRE(opened.ok());
  CHECK(RawDatabase(history.path).run("SELECT created_at FROM executions WHERE id = '0cc6c1'") ==
        "some time ago");
  std::vector<std::string> seen;
  std::optional<core::PagePosition> after;
  do {
    const auto page = (*opened)->list({}, 1, after);
    REQUIRE(page.ok());
    seen.push_back(page->executions.at(0).id);
    after = page->next;
  } while (after);
  CHECK(seen == std::vector<std::string>{"0cc6c1", "0bb6c1", "0aa6c1"});
  CHECK((*(*opened)->find("0cc6c1"))->return_value == core::Value("not JSON"));
}

TEST_CASE("an upgrade leaves a copy of what was, says so and closes the file to others") {
  History history;
  RawDatabase(history.path).run(original);
  chmod(history.path.c_str(), 0644);
  REQUIRE(history.open().ok());
  const std::string copy = history.path + ".v1-20260119T120000000000Z.bak";
  CHECK(RawDatabase(copy).run("SELECT max(version) FROM migrations") == "1");
  CHECK(RawDatabase(copy).run("SELECT count(*) FROM executions") == "3");
  REQUIRE(history.notices.size() == 1);
  CHECK(history.notices[0] ==
        "the history is upgraded from version 1 to 6; a copy of the old one "
        "is '" +
            copy + "'");
  struct stat status {};
  REQUIRE(stat(history.path.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
}

TEST_CASE("the listing indexes of the original give way") {
  History history;
  RawDatabase(history.path).run(original);
  REQUIRE(history.open().ok());
  const std::string indexes =
      "SELECT tbl_name, name, sql FROM sqlite_schema WHERE type = 'index' ORDER BY 1, 2";
  History fresh;
  REQUIRE(fresh.open().ok());
  CHECK(RawDatabase(history.path).run(indexes) == RawDatabase(fresh.path).run(indexes));
}

TEST_CASE("a history of before there were credentials is upgraded, with all its rows") {
  History history;
  {
    auto store = history.open();
    REQUIRE((*store)->create(test::an_execution("wex-a"), "name: x").ok());
  }
  RawDatabase(history.path)
      .run(
          "DROP TABLE credential_metadata; DROP TRIGGER run_queue_ends; DROP TABLE run_queue; "
          "DROP INDEX execution_owners_alive; DROP TABLE schedules; "
          "DELETE FROM migrations WHERE version > 4");
  const auto store = history.open();
  REQUIRE(store.ok());
  CHECK((*store)->find("wex-a")->has_value());
  CHECK(RawDatabase(history.path + ".v4-20260119T120000000000Z.bak")
            .run("SELECT max(version) FROM migrations") == "4");
  CHECK(RawDatabase(history.path).run("SELECT count(*) FROM credential_metadata") == "0");
  CHECK(RawDatabase(history.path).run("SELECT count(*) FROM run_queue") == "0");
}

TEST_CASE("a history of a newer goflow is refused and left alone") {
  History history;
  REQUIRE(history.open().ok());
  RawDatabase(history.path).run("INSERT INTO migrations (version) VALUES (9)");
  const auto before = storage::read_file(history.path);
  const auto opened = history.open();
  REQUIRE_FALSE(opened.ok());
  CHECK(opened.error().code == core::ErrorCode::unavailable);
  CHECK(opened.error().message == "goflow.db has schema version 9, this goflow knows up to 6");
  CHECK(opened.error().hint.find("upgrade") != std::string::npos);
  CHECK(*storage::read_file(history.path) == *before);
}

TEST_CASE("what is no history is refused and kept byte for byte") {
  History history;
  std::string sentence = "is damaged, or is no database";
  SUBCASE("a text") {
    write_file(history.path, std::string(5000, 'x'));
  }
  SUBCASE("a database with a broken schema") {
    RawDatabase(history.path).run(original);
    std::string bytes = *storage::read_file(history.path);
    bytes.replace(100, 60, std::string(60, '\xff'));
    write_file(history.path, bytes);
  }
  SUBCASE("the database of another program") {
    RawDatabase(history.path).run("CREATE TABLE bookmarks (url TEXT)");
    sentence = "is a database, but not one of goflow";
  }
  const auto before = storage::read_file(history.path);
  const auto opened = history.open();
  REQUIRE_FALSE(opened.ok());
  CHECK(opened.error().code == core::ErrorCode::unavailable);
  CHECK(opened.error().message.find(sentence) != std::string::npos);
  CHECK_FALSE(opened.error().hint.empty());
  CHECK(*storage::read_file(history.path) == *before);
  CHECK(history.dir.entries() == std::vector<std::string>{"goflow.db"});
}

TEST_CASE("a migration that fails leaves the version before it") {
  History history;
  // A table is in the way of migration 2.
  RawDatabase(history.path).run(std::string(original) + "CREATE TABLE instances (a);");
  const auto opened = history.open();
  REQUIRE_FALSE(opened.ok());
  RawDatabase database(history.path);
  CHECK(database.run("SELECT max(version) FROM migrations") == "1");
  CHECK(database.run("SELECT count(*) FROM sqlite_schema WHERE name = 'definitions'") == "0");
  CHECK(database.run("SELECT started_at FROM executions WHERE id = '0aa6c1'") ==
        "2025-11-05 12:34:56.789 +0000 UTC");
}

TEST_CASE("of several processes that find an old history one upgrades it") {
  History history;
  SUBCASE("an original one") {
    RawDatabase(history.path).run(original);
  }
  SUBCASE("none at all") {}
  const bool old = access(history.path.c_str(), F_OK) == 0;
  int start[2];
  REQUIRE(pipe(start) == 0);
  std::vector<pid_t> children;
  for (int i = 0; i < 6; ++i) {
    const pid_t child = fork();
    if (child == 0) {
      close(start[1]);
      char byte = 0;
      while (read(start[0], &byte, 1) > 0) {
      }
      _exit(history.open().ok() ? 0 : 1);
    }
    children.push_back(child);
  }
  close(start[0]);
  close(start[1]);  // all begin at once
  for (const pid_t child : children) {
    int status = 0;
    waitpid(child, &status, 0);
    CHECK(status == 0);
  }
  RawDatabase database(history.path);
  CHECK(database.run("SELECT count(*) FROM migrations") == "6");
  CHECK(database.run("PRAGMA integrity_check") == "ok");
  CHECK(history.dir.entries().size() >= (old ? 2U : 1U));
}
