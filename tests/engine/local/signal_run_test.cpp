#include "tests/engine/local/run_bench.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <csignal>
#include <string>

using namespace goflow::core;
using namespace goflow::engine;
using namespace std::chrono_literals;
using goflow::test::RunBench;

namespace {

constexpr const char* asking =
    "name: asking\n"
    "nodes:\n"
    "  - {id: first, run: 'echo first >> trace'}\n"
    "  - {id: ask, signal: go, timeout: 1h, output: answer}\n"
    "  - {id: last, run: 'echo last $answer >> trace'}\n"
    "return: ${answer}\n";

void send(RunBench& bench, const std::string& name, Value data, Timestamp at) {
  static int number = 0;
  const Signal signal{"sig-" + std::to_string(++number), name, std::move(data), "ann", at};
  REQUIRE(bench.store.send_signal(bench.id, signal).ok());
}

/// A run that was cut off while its node `ask` waited until this time.
void leave_asking(RunBench& bench, Timestamp until) {
  const auto journal = goflow::test::own(bench.store, bench.id);
  JournalBatch batch;
  NodeExecution ask = goflow::test::a_node("ask");
  ask.node_type = "signal";
  ask.wait = WaitRecord{until, "go"};
  batch.nodes.push_back(ask);
  batch.execution = bench.record();
  batch.execution->status = ExecutionStatus::waiting;
  batch.execution->started_at = goflow::test::noon;
  REQUIRE(journal->commit(batch).ok());
}

constexpr const char* only_asking =
    "name: asking\nnodes: [{id: ask, signal: go, timeout: 1h}]\nreturn: ${ask}\n";

}  // namespace

TEST_CASE("a signal that came before anybody waited is there when somebody does") {
  RunBench bench(asking);
  send(bench, "go", 42, bench.clock.now());
  send(bench, "other", 43, bench.clock.now());
  REQUIRE(bench.run().ok());
  CHECK(bench.record().return_value == Value(42));
}

TEST_CASE("a signal is heard while the run waits") {
  RunBench bench(asking);
  bool is_sent = false;
  bench.observer.when_ticked = [&] {
    if (is_sent || bench.record().status != ExecutionStatus::waiting) return;
    is_sent = true;
    CHECK(bench.node("ask").wait->signal == "go");
    CHECK(bench.node("ask").wait->until.has_value());
    send(bench, "go", "now", bench.clock.now());
    raise(SIGUSR1);
  };
  REQUIRE(bench.run().ok());
  CHECK(bench.record().return_value == Value("now"));
  CHECK_FALSE(bench.node("ask").wait.has_value());
}

TEST_CASE("a run that waits for a signal, cut off at any commit, is given it once") {
  bool is_cut_off = true;
  for (int commits = 0; is_cut_off; ++commits) {
    CAPTURE(commits);
    RunBench bench(asking);
    send(bench, "go", 1, bench.clock.now());
    send(bench, "go", 2, bench.clock.now());
    is_cut_off = !bench.run(commits).ok();
    if (is_cut_off) REQUIRE(bench.run().ok());
    CHECK(bench.record().return_value == Value(1));
  }
}

TEST_CASE("the node that began to wait first gets the signal, each node its own") {
  RunBench bench(
      "name: several\n"
      "nodes:\n"
      "  - id: fan\n"
      "    branches: [{id: a, signal: go}, {id: b, signal: go}, {id: c, signal: stop}]\n"
      "return: ${fan}\n");
  send(bench, "stop", 0, bench.clock.now());
  send(bench, "go", 1, bench.clock.now());
  send(bench, "go", 2, bench.clock.now());
  REQUIRE(bench.run().ok());
  CHECK(bench.record().return_value == Value(Array{1, 2, 0}));
}

TEST_CASE("a signal that does not come in time fails its node") {
  RunBench bench("name: asking\nnodes: [{id: ask, signal: go, timeout: 30ms}]\n");
  REQUIRE(bench.run().ok());
  CHECK(bench.record().error->type == "timeout");
  CHECK(bench.record().error->message == "timed out waiting for signal 'go' after 30ms");
}

TEST_CASE("an interrupted run keeps its deadline, and what was sent before it counts") {
  RunBench bench(only_asking);
  leave_asking(bench, bench.clock.now() - 1h);
  SUBCASE("in time") {
    send(bench, "go", "yes", bench.clock.now() - 2h);
    REQUIRE(bench.run().ok());
    CHECK(bench.record().return_value == Value("yes"));
  }
  SUBCASE("too late") {
    send(bench, "go", "yes", bench.clock.now() - 30min);
    REQUIRE(bench.run().ok());
    CHECK(bench.record().error->type == "timeout");
  }
}

TEST_CASE("a run that waits is waiting, and none that works") {
  RunBench bench(asking);
  bool is_sent = false;
  bench.observer.when_ticked = [&] {
    if (is_sent || bench.record().status != ExecutionStatus::waiting) return;
    is_sent = true;
    send(bench, "go", 1, bench.clock.now());
    raise(SIGUSR1);
  };
  REQUIRE(bench.run().ok());
  std::string moves;
  for (const std::string& event : bench.events) {
    if (event.starts_with("heard run ")) moves += event.substr(10) + " ";
  }
  CHECK(moves == "running waiting running completed ");
}
