// What the history costs: journal commits beside bare SQLite doing the same inserts, and a listing
// of a long history. Usage: journal_bench [DIRECTORY] [ROWS]
#include "core/base/ulid.hpp"
#include "storage/sqlite/sqlite_execution_store.hpp"

#include <sqlite3.h>

#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using namespace goflow;
using Clock = std::chrono::steady_clock;
using Microseconds = std::chrono::duration<double, std::micro>;

const core::SystemClock system_clock;

template <class T>
T must(core::Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

double microseconds_of(const std::function<void()>& call) {
  const auto begin = Clock::now();
  call();
  return Microseconds(Clock::now() - begin).count();
}

double median(std::vector<double> times) {
  const auto middle = times.begin() + std::ssize(times) / 2;
  std::nth_element(times.begin(), middle, times.end());
  return *middle;
}

/// The median of the times that the calls took.
double median_us(int calls, const std::function<void(int)>& call) {
  std::vector<double> times;
  for (int i = 0; i < calls; ++i) {
    times.push_back(microseconds_of([&] { call(i); }));
  }
  return median(std::move(times));
}

/// The same for the commits of batches, without the time to make them.
double median_commit_us(core::RunJournal& journal,
                        int commits,
                        const std::function<core::JournalBatch(int)>& make_batch) {
  std::vector<double> times;
  for (int i = 0; i < commits; ++i) {
    core::JournalBatch batch = make_batch(i);
    times.push_back(microseconds_of([&] { must(journal.commit(batch)); }));
  }
  return median(std::move(times));
}

void print(const std::string& what, double us) {
  std::printf("%-58s %12.1f us\n", what.c_str(), us);
}

core::NodeExecution a_node(const std::string& path, core::NodeStatus status) {
  core::NodeExecution node;
  const core::Timestamp now = system_clock.now();
  node.id = core::new_node_execution_id(now);
  node.node_id = "step";
  node.node_type = "transform";
  node.path = path;
  node.status = status;
  node.created_at = now;
  node.started_at = now;
  node.inputs = core::Object{{"index", 7}, {"name", "some text"}};
  if (status == core::NodeStatus::completed) {
    node.completed_at = now;
    node.outputs = core::Object{{"result", 49}};
  }
  return node;
}

core::VariableChange a_variable(const std::string& path) {
  return {.scope = "",
          .node_path = path,
          .name = "total",
          .old_value = core::Value(41),
          .new_value = 42,
          .at = system_clock.now()};
}

std::unique_ptr<core::RunJournal> a_run(core::ExecutionStore& store) {
  core::Execution execution;
  execution.id = core::new_execution_id(system_clock.now());
  execution.workflow_id = "bench";
  execution.created_at = system_clock.now();
  must(store.create(execution, "nodes: []"));
  core::Owner owner;
  owner.pid = getpid();
  return must(store.take_ownership(execution.id, owner, [](const core::Owner&) { return true; }));
}

void bench_steps(core::ExecutionStore& store) {
  const auto journal = a_run(store);
  core::NodeExecution last = a_node("step", core::NodeStatus::running);
  const double us = median_commit_us(*journal, 5000, [&](int i) {
    core::JournalBatch batch;
    last.status = core::NodeStatus::completed;
    last.completed_at = system_clock.now();
    last.outputs = core::Object{{"result", 49}};
    batch.nodes.push_back(last);
    last = a_node("step-" + std::to_string(i), core::NodeStatus::running);
    batch.nodes.push_back(last);
    batch.variables.push_back(a_variable(batch.nodes.front().path));
    return batch;
  });
  print("commit: a node ends, the next starts, a variable", us);
}

void bench_rounds(core::ExecutionStore& store) {
  const auto journal = a_run(store);
  const double us = median_commit_us(*journal, 20, [](int i) {
    core::JournalBatch batch;
    for (int round = 0; round < 512; ++round) {
      const std::string path = "each[" + std::to_string(i * 512 + round) + "]/step";
      batch.nodes.push_back(a_node(path, core::NodeStatus::completed));
      batch.variables.push_back(a_variable(path));
    }
    return batch;
  });
  print("commit: 512 completed nodes and 512 variables", us);
}

/// The same rows by SQLite alone, with everything bound beforehand.
void bench_bare(const std::string& path) {
  sqlite3* database = nullptr;
  sqlite3_open(path.c_str(), &database);
  const auto run = [&](const char* sql) { sqlite3_exec(database, sql, nullptr, nullptr, nullptr); };
  run("PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 16384; PRAGMA foreign_keys = ON");
  run("INSERT INTO executions (id, workflow_id, workflow_version, status, started_at) "
      "VALUES ('bare', 'bench', '1.0', 'running', '2026-01-19T09:12:44.001234Z')");
  const auto prepare = [&](const char* sql) {
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(database, sql, -1, &statement, nullptr);
    return statement;
  };
  sqlite3_stmt* node = prepare(
      "INSERT INTO node_executions (id, execution_id, node_id, node_type, path, status, "
      "started_at, "
      "completed_at, inputs, outputs, change_seq) VALUES ('nex-01kf8m2q6a1b2c3d4e5f6g' || ?1, "
      "'bare', 'step', 'transform', 'each[' || ?1 || ']/step', 'completed', "
      "'2026-01-19T09:12:44.001234Z', '2026-01-19T09:12:44.001234Z', "
      "'{\"index\":7,\"name\":\"some text\"}', '{\"result\":49}', ?1)");
  sqlite3_stmt* variable = prepare(
      "INSERT INTO variable_snapshots (execution_id, node_execution_id, variable_name, old_value, "
      "new_value, timestamp) VALUES ('bare', 'nex-01kf8m2q6a1b2c3d4e5f6g' || ?1, 'total', '41', "
      "'42', '2026-01-19T09:12:44.001234Z')");
  const auto insert = [](sqlite3_stmt* statement, int number) {
    sqlite3_bind_int(statement, 1, number);
    sqlite3_step(statement);
    sqlite3_reset(statement);
  };
  const double us = median_us(20, [&](int i) {
    run("BEGIN IMMEDIATE");
    for (int round = 0; round < 512; ++round) {
      insert(node, i * 512 + round);
      insert(variable, i * 512 + round);
    }
    run("COMMIT");
  });
  print("  the same 1,024 rows by bare SQLite", us);
  const double step_us = median_us(5000, [&](int i) {
    run("BEGIN IMMEDIATE");
    insert(node, 1000000 + i);
    insert(variable, 1000000 + i);
    run("COMMIT");
  });
  print("  one node and one variable by bare SQLite", step_us);
  sqlite3_finalize(node);
  sqlite3_finalize(variable);
  sqlite3_close(database);
}

void fill(const std::string& path, int rows) {
  sqlite3* database = nullptr;
  sqlite3_open(path.c_str(), &database);
  const std::string sql =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
      std::to_string(rows) +
      ") INSERT INTO executions (id, workflow_id, workflow_version, status, started_at, "
      "created_at, "
      "definition_sha256, inputs) SELECT printf('wex-01kf8m2q5v7d3x9a4b%08d', i), "
      "'workflow-' || (i % 100), '1.0', CASE WHEN i % 1000 = 0 THEN 'failed' WHEN i % 100000 = 7 "
      "THEN 'timed_out' ELSE 'completed' END, "
      "strftime('%Y-%m-%dT%H:%M:%f000Z', 1768000000 + i, 'unixepoch'), "
      "strftime('%Y-%m-%dT%H:%M:%f000Z', 1768000000 + i, 'unixepoch'), NULL, '{\"region\":\"eu\"}' "
      "FROM n";
  if (sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    throw std::runtime_error(sqlite3_errmsg(database));
  }
  sqlite3_close(database);
}

void bench_listing(core::ExecutionStore& store) {
  using enum core::ExecutionStatus;
  const core::Timestamp middle = core::Timestamp(std::chrono::seconds{1768500000});
  const auto list = [&](const std::string& what, const core::ExecutionFilter& filter) {
    const double us = median_us(20, [&](int) { must(store.list(filter, 50, std::nullopt)); });
    print("50 newest, " + what, us);
  };
  list("all", {});
  list("of a workflow", {.workflow_id = "workflow-42"});
  list("failed", {.statuses = {failed}});
  list("failed or timed out", {.statuses = {failed, timed_out}});
  list("failed, of a workflow", {.workflow_id = "workflow-0", .statuses = {failed}});
  list("until half time", {.until = middle});
  list("timed out, of a workflow that has none",
       {.workflow_id = "workflow-1", .statuses = {timed_out}});
  print("ids that end in 7 characters",
        median_us(5, [&](int) { must(store.matching_ids("b012345", 10)); }));
  print("ids that end in 8 characters",
        median_us(5, [&](int) { must(store.matching_ids("00123456", 10)); }));
}

void run(const std::string& directory, int rows) {
  const std::string path = directory + "/goflow.db";
  auto store = must(storage::open_execution_store(path, system_clock));
  bench_steps(*store);
  bench_rounds(*store);
  bench_bare(path);
  std::printf("history of %d executions\n", rows);
  fill(path, rows);
  print("opened",
        median_us(20, [&](int) { must(storage::open_execution_store(path, system_clock)); }));
  bench_listing(*store);
}

}  // namespace

int main(int argc, char** argv) {
  std::string directory =
      (argc > 1 ? std::string(argv[1]) : std::filesystem::temp_directory_path().string()) +
      "/goflow-bench-XXXXXX";
  if (!mkdtemp(directory.data())) return 1;
  try {
    run(directory, argc > 2 ? std::stoi(argv[2]) : 1'000'000);
  } catch (const std::exception& failure) {
    std::cerr << failure.what() << '\n';
  }
  std::filesystem::remove_all(directory);
}
