#include "core/value/json.hpp"
#include "tests/engine/local/run_bench.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <iterator>

using namespace goflow::core;
using namespace goflow::engine;
using goflow::test::Events;
using goflow::test::RunBench;

namespace {

std::size_t open_descriptors() {
  const std::filesystem::directory_iterator files("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(files), end(files)));
}

}  // namespace

TEST_CASE("a step is recorded before it starts, and heard of after it is recorded") {
  RunBench bench("name: one\nnodes:\n  - {id: step, run: echo hi}\n");
  const auto result = bench.run();
  REQUIRE(result.ok());
  CHECK(result->status == ExecutionStatus::completed);
  CHECK(bench.events == Events{"recorded run running",
                               "heard run running",
                               "recorded step running",
                               "heard step started",
                               "output step: hi\n",
                               "recorded step completed",
                               "recorded run completed",
                               "heard step completed",
                               "heard run completed"});
}

TEST_CASE("the end of one step and the start of the next are one transaction") {
  RunBench bench("name: two\nnodes:\n  - {id: a, run: 'true'}\n  - {id: b, run: 'true'}\n");
  REQUIRE(bench.run().ok());
  const auto ended = std::find(bench.events.begin(), bench.events.end(), "recorded a completed");
  REQUIRE(ended != bench.events.end());
  CHECK(*std::next(ended) == "recorded b running");
}

TEST_CASE("the record of a run says what came of it") {
  RunBench bench(
      "name: sum\n"
      "nodes:\n"
      "  - {id: count, run: 'echo 3; echo problem >&2', parse: json, output: n}\n"
      "  - {id: double, expression: n * 2, output: twice}\n"
      "return: ${twice}\n");
  REQUIRE(bench.run().ok());
  const Execution record = bench.record();
  CHECK(record.status == ExecutionStatus::completed);
  CHECK(record.return_value == Value(6));
  CHECK(record.started_at.has_value());
  CHECK(*record.completed_at >= *record.started_at);
  CHECK_FALSE(record.error.has_value());
  CHECK_FALSE(record.owner.has_value());

  const NodeExecution count = bench.node("count");
  CHECK(count.status == NodeStatus::completed);
  CHECK(count.outputs == Value(3));
  CHECK(count.attempt == 1);
  CHECK_FALSE(count.process.has_value());
  CHECK(*count.completed_at >= *count.started_at);
  CHECK(bench.node("double").outputs == Value(6));
  CHECK(bench.store.variables(bench.id)->size() == 2);
  CHECK(bench.log("stdout") == "3\n");
  CHECK(bench.log("stderr") == "problem\n");
}

TEST_CASE("a step that prints nothing has no log") {
  RunBench bench("name: quiet\nnodes:\n  - {id: step, run: 'true'}\n");
  REQUIRE(bench.run().ok());
  CHECK(bench.store.logs(bench.id)->empty());
}

TEST_CASE("a run whose step fails has failed, with the reason") {
  RunBench bench("name: bad\nnodes:\n  - {id: step, run: 'echo no >&2; exit 3'}\n");
  const auto result = bench.run();
  REQUIRE(result.ok());
  CHECK(result->status == ExecutionStatus::failed);
  const Execution record = bench.record();
  CHECK(record.status == ExecutionStatus::failed);
  REQUIRE(record.error.has_value());
  CHECK(record.error->message == "exit status 3");
  CHECK(record.error->path == "step");
  CHECK(*record.error->context.find("stderr") == Value("no"));
}

TEST_CASE("a step that takes too long is ended and has timed out") {
  RunBench bench("name: slow\nnodes:\n  - {id: step, run: exec sleep 1000, timeout: 100ms}\n");
  REQUIRE(bench.run().ok());
  const NodeExecution node = bench.node("step");
  CHECK(node.status == NodeStatus::failed);
  CHECK(node.error->type == "timeout");
  CHECK(node.error->message == "timed out after 100ms");
  CHECK(*node.error->context.find("exit_code") == Value(128 + SIGTERM));
}

TEST_CASE("a run that takes too long is ended and has timed out") {
  RunBench bench("name: slow\ntimeout: 200ms\nnodes:\n  - {id: step, run: exec sleep 1000}\n");
  const auto result = bench.run();
  REQUIRE(result.ok());
  CHECK(result->status == ExecutionStatus::timed_out);
  CHECK(bench.record().error->message == "timed out after 200ms while running 'step'");
  CHECK(bench.node("step").status == NodeStatus::cancelled);
}

TEST_CASE("a run that is out of time names the loop that was only computing") {
  RunBench bench(
      "name: slow\n"
      "timeout: 100ms\n"
      "nodes:\n"
      "  - {id: before, collection: 2, body: [{id: first, expression: item}]}\n"
      "  - id: outer\n"
      "    collection: 2\n"
      "    max_iterations: 1000000\n"
      "    body:\n"
      "      - id: inner\n"
      "        collection: 1000000\n"
      "        max_iterations: 1000000\n"
      "        body: [{id: count, expression: item}]\n");
  REQUIRE(bench.run().ok());
  CHECK(bench.record().status == ExecutionStatus::timed_out);
  CHECK(bench.record().error->message == "timed out after 100ms while running 'outer[0]/inner'");
}

TEST_CASE("a container is not named beside the steps that run in it") {
  RunBench bench(
      "name: slow\n"
      "timeout: 100ms\n"
      "nodes: [{id: each, collection: 2, body: [{id: step, run: exec sleep 1000}]}]\n");
  REQUIRE(bench.run().ok());
  CHECK(bench.record().error->message == "timed out after 100ms while running 'each[0]/step'");
}

TEST_CASE("Ctrl-C lets a step end in its own way, and nothing more starts") {
  RunBench bench(
      "name: patient\n"
      "nodes:\n"
      "  - id: step\n"
      "    run: |\n"
      "      trap 'echo tidy >> trace; exit 1' TERM\n"
      "      echo ready\n"
      "      while :; do sleep 0.02; done\n"
      "  - {id: after, run: echo after >> trace}\n");
  bench.observer.when_output = [] { std::raise(SIGINT); };
  const auto result = bench.run();
  REQUIRE(result.ok());
  CHECK(result->status == ExecutionStatus::cancelled);
  CHECK(bench.record().error->message == "cancelled by Ctrl-C");
  CHECK(bench.node("step").status == NodeStatus::cancelled);
  CHECK(bench.trace() == "tidy\n");
}

TEST_CASE("a second Ctrl-C kills at once what does not heed the first") {
  RunBench bench(
      "name: stubborn\n"
      "nodes:\n"
      "  - id: step\n"
      "    run: |\n"
      "      trap 'echo heard; trap \"\" TERM' TERM\n"
      "      echo ready\n"
      "      while :; do sleep 0.02; done\n");
  bench.observer.when_output = [&bench] {
    std::raise(SIGINT);
    bench.observer.when_output = [] { std::raise(SIGINT); };
  };
  const auto start = std::chrono::steady_clock::now();
  const auto result = bench.run();
  REQUIRE(result.ok());
  CHECK(result->status == ExecutionStatus::cancelled);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds{4});
}

TEST_CASE("a request to cancel is seen at once after a SIGUSR1") {
  RunBench bench("name: asked\nnodes:\n  - {id: step, run: echo ready; exec sleep 1000}\n");
  bench.observer.when_output = [&bench] {
    CancelRequest request{bench.clock.now(), "ann"};
    request.reason = "lunch";
    CHECK(bench.store.request_cancel(bench.id, request).ok());
    std::raise(SIGUSR1);
  };
  REQUIRE(bench.run().ok());
  CHECK(bench.record().status == ExecutionStatus::cancelled);
  CHECK(bench.record().error->message == "cancelled by ann: lunch");
}

TEST_CASE("a run in a wait is waiting, and can be cancelled at once") {
  RunBench bench("name: sleepy\nnodes:\n  - {id: nap, wait: 1h}\n");
  bench.observer.when_ticked = [&bench] {
    if (bench.record().status != ExecutionStatus::waiting) return;
    const auto until = bench.node("nap").wait->until;
    CHECK(until.has_value());
    std::raise(SIGTERM);
  };
  REQUIRE(bench.run().ok());
  CHECK(bench.record().status == ExecutionStatus::cancelled);
  CHECK(bench.node("nap").status == NodeStatus::cancelled);
}

TEST_CASE("after a wait the run is running again before it ends") {
  RunBench bench("name: nap\nnodes:\n  - {id: nap, wait: 20ms}\n");
  REQUIRE(bench.run().ok());
  Events of_the_run;
  for (const std::string& event : bench.events) {
    if (event.find("recorded run ") == 0) of_the_run.push_back(event.substr(13));
  }
  CHECK(of_the_run == Events{"running", "waiting", "running", "completed"});
}

TEST_CASE("a long computation can be cancelled in its midst") {
  RunBench bench(
      "name: busy\n"
      "nodes:\n"
      "  - id: rounds\n"
      "    collection: 100000\n"
      "    max_iterations: 100000\n"
      "    body:\n"
      "      - {id: step, expression: 1 + 1}\n");
  bench.observer.when_ticked = [] { std::raise(SIGINT); };
  const auto result = bench.run();
  REQUIRE(result.ok());
  CHECK(result->status == ExecutionStatus::cancelled);
}

TEST_CASE("the process of a step that takes a while is on record, for whoever has to end it") {
  RunBench bench("name: slow\nnodes:\n  - {id: step, run: sleep 0.3; echo ready; sleep 0.1}\n");
  std::optional<ProcessRecord> process;
  bench.observer.when_output = [&] { process = bench.node("step").process; };
  REQUIRE(bench.run().ok());
  REQUIRE(process);
  CHECK_FALSE(process->started.empty());
  CHECK_FALSE(bench.node("step").process);
}

TEST_CASE("when history cannot be written, what runs is killed and nothing starts") {
  RunBench bench(
      "name: full\n"
      "nodes:\n"
      "  - {id: fast, run: sleep 0.05}\n"
      "  - {id: slow, run: 'exec sleep 1000', needs: []}\n"
      "  - {id: after, run: echo after >> trace, needs: [fast]}\n");
  const auto result = bench.run(2);
  REQUIRE_FALSE(result.ok());
  CHECK(result.error().message == "disk full");
  CHECK(bench.trace().empty());
  CHECK(bench.record().status == ExecutionStatus::running);
  CHECK(bench.node("fast").status == NodeStatus::running);
}

TEST_CASE("who loses the run to another process gives up") {
  RunBench bench("name: lost\nnodes:\n  - {id: step, run: echo ready; exec sleep 1000}\n");
  bench.observer.when_output = [&bench] {
    CHECK(goflow::test::own(bench.store, bench.id) != nullptr);
    std::raise(SIGUSR1);
  };
  const auto result = bench.run();
  REQUIRE_FALSE(result.ok());
  CHECK(result.error().code == ErrorCode::failed_precondition);
}

TEST_CASE("output shows up in the record while a step goes on") {
  RunBench bench("name: chatty\nnodes:\n  - {id: step, run: echo early; exec sleep 1000}\n");
  bench.observer.when_ticked = [&bench] {
    if (bench.log("stdout") == "early\n") std::raise(SIGINT);
  };
  REQUIRE(bench.run().ok());
  CHECK(bench.record().status == ExecutionStatus::cancelled);
}

TEST_CASE("a run leaves no descriptor and no folder behind") {
  RunBench warm_up("name: first\nnodes:\n  - {id: step, run: 'true'}\n");
  REQUIRE(warm_up.run().ok());
  const std::size_t before = open_descriptors();
  RunBench bench(
      "name: tidy\n"
      "nodes:\n"
      "  - id: rounds\n"
      "    collection: 20\n"
      "    parallel: 4\n"
      "    body:\n"
      "      - {id: step, run: 'cat; echo k=v > $GOFLOW_OUTPUT', stdin: hello}\n");
  REQUIRE(bench.run().ok());
  CHECK(bench.record().status == ExecutionStatus::completed);
  CHECK_FALSE(std::filesystem::exists(bench.scratch()));
  CHECK(open_descriptors() == before);
}
