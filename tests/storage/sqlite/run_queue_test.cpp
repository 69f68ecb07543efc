#include "storage/sqlite/run_queue.hpp"

#include "core/claimcheck/claimed_value.hpp"
#include "storage/sqlite/migrations.hpp"
#include "storage/sqlite/sqlite_execution_store.hpp"
#include "tests/contract/run_queue_contract.hpp"
#include "tests/support/fixed_clock.hpp"
#include "tests/support/history_rows.hpp"
#include "tests/support/raw_database.hpp"
#include "tests/support/temp_dir.hpp"

#include <doctest/doctest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <string>
#include <vector>

using namespace goflow;

namespace {

constexpr int processes = 8;
constexpr int runs = 200;

test::QueuedHistory open_queue(const std::string& path) {
  static const test::FixedClock clock{test::noon};
  auto opened = storage::open_history(path, clock, [](const std::string&) {});
  if (!opened) return {};
  const std::shared_ptr<storage::Database> database = *std::move(opened);
  return {storage::make_execution_store(database),
          storage::make_run_queue(database, core::no_claims())};
}

/// Takes and ends whatever there is, and leaves each run's id in the name of its only node.
bool empty_the_queue(const test::QueuedHistory& history) {
  core::Owner self = test::an_owner();
  self.pid = getpid();
  while (true) {
    auto taken = history.queue->take_next(self, std::nullopt, test::always);
    if (!taken) return false;
    if (!*taken) return true;
    core::JournalBatch batch{.nodes = {test::a_node("taken-by-" + std::to_string(getpid()))}};
    batch.nodes[0].id = "nex-" + (*taken)->execution.id;
    batch.execution = (*taken)->execution;
    batch.execution->status = core::ExecutionStatus::completed;
    if (!(*taken)->journal->commit(batch) || !(*taken)->journal->release()) return false;
  }
}

}  // namespace

TEST_CASE("the queue in SQLite keeps the contract of run queues") {
  test::TempDir dir;
  int number = 0;
  test::run_queue_contract(
      [&] { return open_queue(dir.path() + "/" + std::to_string(++number) + ".db"); });
}

TEST_CASE("of many processes that take from one queue each run is given to one") {
  test::TempDir dir;
  const std::string path = dir.path() + "/goflow.db";
  {
    const test::QueuedHistory history = open_queue(path);
    REQUIRE(history.store != nullptr);
    for (int i = 0; i < runs; ++i) {
      core::Execution execution = test::an_execution("wex-" + std::to_string(i));
      execution.queue = core::QueuePlace();
      REQUIRE(history.store->create(execution, "nodes: []").ok());
    }
  }
  std::vector<pid_t> children;
  for (int i = 0; i < processes; ++i) {
    const pid_t child = fork();
    if (child == 0) _exit(empty_the_queue(open_queue(path)) ? 0 : 1);
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    waitpid(child, &status, 0);
    CHECK(status == 0);
  }
  test::RawDatabase database(path);
  const std::string all = std::to_string(runs);
  CHECK(database.run("SELECT count(*) FROM node_executions") == all);
  CHECK(database.run("SELECT count(*) FROM executions WHERE status = 'completed'") == all);
  CHECK(database.run("SELECT count(*) FROM execution_owners WHERE epoch = 1") == all);
  CHECK(database.run("SELECT count(*) FROM run_queue") == "0");
}
