#include "core/execution/child_execution_id.hpp"
#include "tests/engine/local/run_bench.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <csignal>
#include <string>

using namespace goflow::core;
using namespace goflow::engine;
using goflow::test::RunBench;

namespace {

constexpr const char* outer =
    "name: outer\n"
    "nodes:\n"
    "  - {id: call, workflow: inner, inputs: {n: 20}}\n"
    "  - {id: last, run: 'echo last >> trace'}\n"
    "return: ${call}\n";
constexpr const char* inner =
    "name: inner\n"
    "variables: [{name: n, type: number, required: true}]\n"
    "nodes:\n"
    "  - {id: step, run: 'echo step >> trace'}\n"
    "  - {id: sum, expression: n + 1}\n"
    "  - {id: nap, wait: 5ms}\n"
    "  - {id: other, run: 'echo other >> trace'}\n"
    "on_exit: {id: bye, run: 'echo bye >> trace'}\n"
    "return: ${sum}\n";

Execution child_of(RunBench& bench) {
  return **bench.store.find(child_execution_id(bench.id, "call", 1));
}

std::string error_of(RunBench& bench) {
  REQUIRE(bench.run().ok());
  const Execution record = bench.record();
  REQUIRE(record.error);
  CHECK(record.error->node == "call");
  return record.error->type + ": " + record.error->message;
}

}  // namespace

TEST_CASE("the work of a workflow node is a run of its own, linked to its node") {
  RunBench bench(outer);
  bench.stored.texts["inner"] = inner;
  REQUIRE(bench.run().ok());
  CHECK(bench.record().return_value == Value(21));
  CHECK(bench.trace() == "step\nother\nbye\nlast\n");
  const Execution child = child_of(bench);
  CHECK(child.status == ExecutionStatus::completed);
  CHECK(child.workflow_id == "inner");
  CHECK(child.inputs == Object{{"n", 20}});
  CHECK(child.parent->execution_id == bench.id);
  CHECK(child.parent->node_execution_id == bench.node("call").id);
  CHECK(child.working_directory == bench.dir.path());
  CHECK_FALSE(child.owner.has_value());
  const auto& events = bench.events;
  CHECK(std::find(events.begin(), events.end(), "heard call/step completed") != events.end());
}

TEST_CASE("runs may be within one another as deep as a chain may be") {
  RunBench bench("name: w0\nnodes: [{id: call, workflow: w1}]\nreturn: ${call}\n");
  for (int level = 1; level < 16; ++level) {
    const std::string name = "w" + std::to_string(level);
    const std::string next = "w" + std::to_string(level + 1);
    bench.stored.texts[name] =
        "name: " + name + "\nnodes: [{id: call, workflow: " + next + "}]\nreturn: ${call}\n";
  }
  bench.stored.texts["w16"] = "name: w16\nnodes: [{id: step, run: echo deep}]\nreturn: ${step}\n";
  REQUIRE(bench.run().ok());
  CHECK(bench.record().return_value == Value("deep"));
}

TEST_CASE("a run and the one within it, cut off at any commit of the outer, come to the same end") {
  bool is_cut_off = true;
  for (int commits = 0; is_cut_off; ++commits) {
    CAPTURE(commits);
    RunBench bench(outer);
    bench.stored.texts["inner"] = inner;
    is_cut_off = !bench.run(commits).ok();
    if (is_cut_off) REQUIRE(bench.run().ok());
    CHECK(bench.record().return_value == Value(21));
    CHECK(child_of(bench).status == ExecutionStatus::completed);
    CHECK(bench.trace().find("step\n") == bench.trace().rfind("step\n"));
  }
}

TEST_CASE("a run within another that has ended is not run again") {
  RunBench bench(outer);
  bench.stored.texts["inner"] = inner;
  REQUIRE(bench.run().ok());
  const auto journal = goflow::test::own(bench.store, bench.id);
  JournalBatch batch;
  batch.nodes.push_back(bench.node("call"));
  batch.nodes[0].status = NodeStatus::running;
  batch.nodes[0].completed_at.reset();
  batch.nodes[0].outputs = {};
  batch.execution = bench.record();
  batch.execution->status = ExecutionStatus::running;
  REQUIRE(journal->commit(batch).ok());
  bench.stored.texts.clear();
  REQUIRE(bench.run().ok());
  CHECK(bench.node("call").outputs == Value(21));
  CHECK(bench.trace() == "step\nother\nbye\nlast\n");
}

TEST_CASE("the failure of a run is that of the node whose work it was") {
  RunBench bench(outer);
  bench.stored.texts["inner"] =
      "name: inner\n"
      "variables: [{name: n}]\n"
      "nodes: [{id: each, collection: 2, body: {id: bad, run: exit 3}}]\n";
  CHECK(error_of(bench) == "execution: inner/each[0]/bad: exit status 3");
  CHECK(*bench.record().error->context.find("exit_code") == Value(3));
  CHECK(*bench.record().error->context.find("execution") == Value(child_of(bench).id));
}

TEST_CASE("what keeps a run within another from beginning fails its node") {
  RunBench bench(outer);
  SUBCASE("no such workflow") {
    CHECK(error_of(bench) == "validation: no workflow named 'inner'");
  }
  SUBCASE("not a valid one") {
    bench.stored.texts["inner"] = "name: inner\nnodes: [{id: n, run: echo, needs: [m]}]\n";
    CHECK(error_of(bench).starts_with("validation: workflow 'inner' is not valid: line 2: "));
  }
  SUBCASE("inputs that it does not take") {
    bench.stored.texts["inner"] = "name: inner\nnodes: [{id: n, run: echo}]\n";
    CHECK(error_of(bench).starts_with("validation: inputs of 'inner': "));
  }
  CHECK(bench.store.children(bench.id)->empty());
}

TEST_CASE("a chain of workflows that leads back to itself ends where it would begin again") {
  RunBench bench(outer);
  // It is read alone, so that the chain shows only when it runs.
  bench.stored.texts["inner"] =
      "name: inner\nvariables: [{name: n}]\nnodes: [{id: on, workflow: middle}]\n";
  bench.stored.texts["middle"] = "name: middle\nnodes: [{id: back, workflow: outer}]\n";
  CHECK(error_of(bench) ==
        "validation: inner/on: middle/back: workflow chain leads back to itself: "
        "outer -> inner -> middle -> outer");
}

TEST_CASE("a chain of workflows is sixteen deep at most") {
  RunBench bench("name: outer\nnodes: [{id: call, workflow: w1}]\n");
  for (int depth = 1; depth <= 17; ++depth) {
    const std::string next = "w" + std::to_string(depth + 1);
    bench.stored.texts["w" + std::to_string(depth)] =
        depth < 17
            ? "name: w" + std::to_string(depth) + "\nnodes: [{id: call, workflow: " + next + "}]\n"
            : "name: w17\nnodes: [{id: n, run: echo}]\n";
  }
  CHECK(error_of(bench).find("workflow chain is deeper than 16: outer -> w1 -> ") !=
        std::string::npos);
}

TEST_CASE("a cancellation reaches the run within, and its handlers run") {
  RunBench bench(outer);
  bench.stored.texts["inner"] =
      "name: inner\n"
      "variables: [{name: n}]\n"
      "nodes: [{id: step, run: echo started; exec sleep 1000}]\n"
      "on_exit: {id: bye, run: 'echo bye >> trace'}\n";
  bench.observer.when_output = [&] {
    const CancelRequest request{bench.clock.now(), "ann"};
    CHECK(bench.store.request_cancel(bench.id, request).ok());
    raise(SIGUSR1);
  };
  REQUIRE(bench.run().ok());
  CHECK(bench.record().status == ExecutionStatus::cancelled);
  CHECK(bench.node("call").status == NodeStatus::cancelled);
  CHECK(child_of(bench).status == ExecutionStatus::cancelled);
  CHECK(bench.trace() == "bye\n");
}

TEST_CASE("a run within another that is cancelled by itself fails its node") {
  RunBench bench(outer);
  bench.stored.texts["inner"] =
      "name: inner\nvariables: [{name: n}]\nnodes: [{id: step, run: echo started; exec sleep "
      "1000}]\n";
  bench.observer.when_output = [&] {
    const CancelRequest request{bench.clock.now(), "ann"};
    CHECK(bench.store.request_cancel(child_of(bench).id, request).ok());
    raise(SIGUSR1);
  };
  CHECK(error_of(bench) == "cancelled: inner: cancelled by ann");
  CHECK(bench.record().status == ExecutionStatus::failed);
}

TEST_CASE("the inner run may take no longer than the outer has left") {
  RunBench bench("name: outer\ntimeout: 80ms\nnodes: [{id: call, workflow: inner}]\n");
  bench.stored.texts["inner"] = "name: inner\nnodes: [{id: nap, wait: 1h}]\n";
  REQUIRE(bench.run().ok());
  CHECK(bench.record().status == ExecutionStatus::timed_out);
  CHECK(child_of(bench).status == ExecutionStatus::cancelled);
}

TEST_CASE("warnings of the inner run are warnings of its node") {
  RunBench bench(outer);
  bench.stored.texts["inner"] =
      "name: inner\nvariables: [{name: n}]\nnodes: [{id: n1, run: 'true'}]\n"
      "on_exit: {id: bye, run: exit 4}\n";
  REQUIRE(bench.run().ok());
  REQUIRE(bench.node("call").warnings.size() == 1);
  CHECK(bench.node("call").warnings[0] == "inner: on_exit: node 'bye' failed: exit status 4");
}
