#include "core/base/ulid.hpp"
#include "core/instance/default_instance.hpp"
#include "storage/sqlite/instance_store.hpp"
#include "storage/sqlite/sqlite_execution_store.hpp"
#include "tests/support/history_rows.hpp"
#include "tests/support/raw_database.hpp"
#include "tests/support/temp_dir.hpp"

#include <doctest/doctest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>

using namespace goflow;

namespace {

const core::SystemClock system_clock;

constexpr int processes = 16;
constexpr int commits = 60;

core::Result<void> commit_and_list(core::ExecutionStore& store, core::RunJournal& journal) {
  for (int i = 0; i < commits; ++i) {
    core::JournalBatch batch;
    batch.nodes.push_back(test::a_node("step-" + std::to_string(i)));
    batch.nodes.back().id = core::new_node_execution_id(system_clock.now());
    batch.variables.push_back({.scope = "", .name = "n", .new_value = i, .at = test::noon});
    GOFLOW_TRY(journal.commit(batch));
    if (i % 10 == 0) GOFLOW_TRY(store.list({}, 5, std::nullopt));
    if (i % 20 == 0) GOFLOW_TRY(journal.heartbeat(system_clock.now()));
  }
  return journal.release();
}

core::Result<void> run_in(const std::string& path, const std::string& id) {
  GOFLOW_TRY(auto store, storage::open_execution_store(path, system_clock));
  GOFLOW_TRY(store->create(test::an_execution(id), "nodes: []"));
  GOFLOW_TRY(auto journal, store->take_ownership(id, test::an_owner(), test::never));
  return commit_and_list(*store, *journal);
}

/// As a run of "nightly" of which nobody named the instance.
core::Result<void> create_in_default(const std::string& path, const std::string& id) {
  GOFLOW_TRY(auto database, storage::open_history(path, system_clock, [](const auto&) {}));
  const auto instances = storage::make_instance_store(database);
  GOFLOW_TRY(const auto instance,
             core::default_instance("nightly", *instances, "ann", system_clock));
  core::Execution execution = test::an_execution(id);
  execution.instance_id = instance.id;
  return storage::make_execution_store(database)->create(execution, "nodes: []");
}

/// Runs `work` in so many processes; how many of them succeeded.
template <class Work>
int succeeding(int count, Work work) {
  std::vector<pid_t> children;
  for (int i = 0; i < count; ++i) {
    const pid_t child = fork();
    if (child == 0) {
      const core::Result<void> done = work(i);
      if (!done) std::fprintf(stderr, "%s\n", done.error().message.c_str());
      _exit(done ? 0 : 1);
    }
    children.push_back(child);
  }
  int succeeded = 0;
  for (const pid_t child : children) {
    int status = 0;
    waitpid(child, &status, 0);
    if (status == 0) ++succeeded;
  }
  return succeeded;
}

}  // namespace

TEST_CASE("many processes write one history at once, and nothing is lost") {
  test::TempDir dir;
  const std::string path = dir.path() + "/goflow.db";
  CHECK(succeeding(processes, [&](int i) { return run_in(path, "wex-" + std::to_string(i)); }) ==
        processes);
  test::RawDatabase database(path);
  const auto number = [](int value) { return std::to_string(value); };
  CHECK(database.run("SELECT count(*) FROM node_executions") == number(processes * commits));
  CHECK(database.run("SELECT count(*) FROM variable_snapshots") == number(processes * commits));
  CHECK(database.run("SELECT count(*) FROM executions WHERE change_seq = " + number(commits)) ==
        number(processes));
  CHECK(database.run("PRAGMA integrity_check; PRAGMA foreign_key_check") == "ok");
}

TEST_CASE("of many processes that resume a run at once one gets it") {
  test::TempDir dir;
  const std::string path = dir.path() + "/goflow.db";
  {
    auto store = storage::open_execution_store(path, system_clock);
    REQUIRE(store.ok());
    REQUIRE((*store)->create(test::an_execution("wex-1"), "nodes: []").ok());
    REQUIRE(test::own(**store, "wex-1"));
  }
  // All of them see that the first owner is dead; the winner's epoch tells the others.
  const auto is_first = [](const core::Owner& owner) { return owner.epoch == 1; };
  CHECK(succeeding(8, [&](int) -> core::Result<void> {
          GOFLOW_TRY(auto store, storage::open_execution_store(path, system_clock));
          auto taken = store->take_ownership("wex-1", test::an_owner(), is_first);
          if (taken) return {};
          if (taken.error().code != core::ErrorCode::failed_precondition) _exit(2);
          _exit(1);
        }) == 1);
  CHECK(test::RawDatabase(path).run("SELECT epoch FROM execution_owners") == "2");
}

TEST_CASE("a reader in the middle of its rows stops no writer, and sees no half commit") {
  test::TempDir dir;
  const std::string path = dir.path() + "/goflow.db";
  auto reading = storage::open_execution_store(path, system_clock);
  auto writing = storage::open_execution_store(path, system_clock);
  REQUIRE(reading.ok());
  REQUIRE(writing.ok());
  REQUIRE(test::create_series(**writing));
  core::ExecutionFilter filter;
  filter.keep = [&](const core::Execution& execution) {
    return test::own(**writing, execution.id) != nullptr;
  };
  const auto page = (*reading)->list(filter, 50, std::nullopt);
  REQUIRE(page.ok());
  CHECK(page->executions.size() == 5);
  CHECK_FALSE(page->executions.front().owner.has_value());
  // And the connection that read can write now.
  CHECK(test::own(**reading, "wex-5") != nullptr);
}

TEST_CASE("many processes that need a default instance at once end up with the same") {
  test::TempDir dir;
  const std::string path = dir.path() + "/goflow.db";
  CHECK(succeeding(processes, [&](int i) {
          return create_in_default(path, "wex-" + std::to_string(i));
        }) == processes);
  test::RawDatabase database(path);
  CHECK(database.run("SELECT slug FROM instances") == "nightly-default");
  CHECK(database.run("SELECT count(*) FROM executions WHERE instance_id = (SELECT id FROM "
                     "instances)") == std::to_string(processes));
  CHECK(database.run("SELECT default_instance_id = (SELECT id FROM instances) FROM "
                     "workflow_status") == "1");
}
