#include "engine/local/reopening.hpp"

#include "engine/local/carried_over.hpp"
#include "tests/engine/local/run_bench.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <fstream>
#include <string>

using namespace goflow::core;
using namespace goflow::engine;
using namespace std::chrono_literals;
using goflow::test::RunBench;

namespace {

constexpr const char* locked_door =
    "name: locked\n"
    "nodes:\n"
    "  - {id: before, run: 'echo before >> trace; echo 1', parse: json, output: n}\n"
    "  - {id: soft, run: 'echo soft >> trace; false', on_error: continue}\n"
    "  - id: each\n"
    "    collection: 2\n"
    "    body:\n"
    "      - {id: door, run: 'echo door >> trace; test -e key', retry: {max_attempts: 2, "
    "initial_delay: 1ms}}\n"
    "  - {id: after, expression: n + 1}\n"
    "return: ${after}\n";

Result<JournalBatch> reopened(RunBench& bench, std::optional<std::string> node = std::nullopt) {
  const Execution execution = bench.record();
  const auto nodes = bench.nodes();
  const auto attempts = *bench.store.attempts(bench.id);
  return reopen({bench.workflow, execution, nodes, attempts, std::move(node)}, bench.clock.now());
}

void retry(RunBench& bench) {
  auto batch = reopened(bench);
  REQUIRE(batch.ok());
  REQUIRE(goflow::test::own(bench.store, bench.id)->commit(*batch).ok());
}

void make_key(const RunBench& bench) {
  std::ofstream(bench.dir.path() + "/key") << "key";
}

}  // namespace

TEST_CASE("a retry runs what failed and what never ran, and nothing that completed") {
  RunBench bench(locked_door);
  REQUIRE(bench.run()->status == ExecutionStatus::failed);
  CHECK(bench.trace() == "before\nsoft\ndoor\ndoor\n");
  retry(bench);
  CHECK(bench.record().status == ExecutionStatus::running);
  CHECK(bench.record().reopened == 1);
  CHECK_FALSE(bench.record().error.has_value());
  CHECK(bench.node("each[0]/door").status == NodeStatus::pending);

  make_key(bench);
  const auto result = bench.run();
  REQUIRE(result.ok());
  CHECK(result->status == ExecutionStatus::completed);
  CHECK(result->return_value == Value(2));
  CHECK(bench.trace() == "before\nsoft\ndoor\ndoor\ndoor\ndoor\n");
  CHECK(bench.node("each[0]/door").attempt == 3);
  CHECK(bench.node("each[1]/door").attempt == 1);
  CHECK(bench.node("each").attempt == 2);
  CHECK(bench.node("soft").attempt == 1);
}

TEST_CASE("a node that is tried again has all its retries, and the history all attempts") {
  RunBench bench(locked_door);
  REQUIRE(bench.run().ok());
  retry(bench);
  REQUIRE(bench.run()->status == ExecutionStatus::failed);
  CHECK(bench.node("each[0]/door").attempt == 4);
  int door_attempts = 0;
  const auto attempts = bench.store.attempts(bench.id);
  for (const NodeAttempt& attempt : *attempts) {
    if (attempt.path == "each[0]/door") ++door_attempts;
  }
  CHECK(door_attempts == 3);
  CHECK(bench.trace() == "before\nsoft\ndoor\ndoor\ndoor\ndoor\n");
}

TEST_CASE("a retry that is cut off at any commit is resumed like any run") {
  for (int commits = 0; commits < 6; ++commits) {
    CAPTURE(commits);
    RunBench bench(locked_door);
    REQUIRE(bench.run().ok());
    retry(bench);
    make_key(bench);
    const auto first = bench.run(commits);
    const auto result = first.ok() ? first : bench.run();
    REQUIRE(result.ok());
    CHECK(result->status == ExecutionStatus::completed);
    CHECK(bench.trace().starts_with("before\nsoft\ndoor\ndoor\n"));
    CHECK(bench.trace().find("before", 1) == std::string::npos);
  }
}

TEST_CASE("only what failed can be tried again") {
  RunBench bench(locked_door);
  CHECK(reopened(bench).error().code == ErrorCode::failed_precondition);
  REQUIRE(bench.run().ok());
  CHECK(reopened(bench, "door").ok());
  CHECK(reopened(bench, "each[0]/door").ok());
  CHECK(reopened(bench, "before").error().message ==
        "node 'before' is completed, it has not failed");
  CHECK(reopened(bench, "soft").error().message ==
        "the failure of node 'soft' was handled, and what follows it has run");
  CHECK(reopened(bench, "nobody").error().code == ErrorCode::not_found);
  retry(bench);
  make_key(bench);
  REQUIRE(bench.run()->status == ExecutionStatus::completed);
  CHECK(reopened(bench).error().code == ErrorCode::failed_precondition);
}

TEST_CASE("what failed or was cut off in a container that came to its end stays as it was") {
  RunBench bench(
      "name: settled\n"
      "nodes:\n"
      "  - id: race\n"
      "    merge: wait_any\n"
      "    branches: {fast: {id: quick, run: 'true'}, slow: {id: slow, run: exec sleep 60}}\n"
      "  - {id: soft, collection: 1, on_error: continue, body: {id: inner, run: 'echo inner >> "
      "trace; "
      "false'}}\n"
      "  - id: fan\n"
      "    retry: {max_attempts: 2, initial_delay: 0}\n"
      "    branches: [{id: flaky, run: 'echo flaky >> trace; mkdir tried || exit 0; exit 1'}]\n"
      "  - {id: door, run: 'test -e key'}\n");
  REQUIRE(bench.run()->status == ExecutionStatus::failed);
  CHECK(reopened(bench, "door").ok());
  retry(bench);
  make_key(bench);
  REQUIRE(bench.run()->status == ExecutionStatus::completed);
  CHECK(bench.trace() == "inner\nflaky\nflaky\n");
  CHECK(bench.node("race/slow/slow").status == NodeStatus::cancelled);
  CHECK(bench.node("soft[0]/inner").status == NodeStatus::failed);
  CHECK(bench.node("fan[0]/flaky").status == NodeStatus::failed);
  for (const char* path : {"race/slow/slow", "soft[0]/inner", "fan[0]/flaky"}) {
    CHECK(bench.node(path).attempt == 1);
  }
}

TEST_CASE("further attempts that a retry does not come to are left out in the end") {
  RunBench bench(
      "name: fan\n"
      "nodes:\n"
      "  - id: fan\n"
      "    retry: {max_attempts: 2, initial_delay: 0}\n"
      "    branches: {left: {id: door, run: 'echo door >> trace; test -e key'}}\n");
  REQUIRE(bench.run()->status == ExecutionStatus::failed);
  CHECK(reopened(bench, "door").ok());
  CHECK(reopened(bench, "fan@2/left/door").ok());
  retry(bench);
  make_key(bench);
  REQUIRE(bench.run()->status == ExecutionStatus::completed);
  CHECK(bench.trace() == "door\ndoor\ndoor\n");
  CHECK(bench.node("fan").attempt == 3);
  CHECK(bench.node("fan@2/left/door").status == NodeStatus::skipped);
}

TEST_CASE("a retry comes to its own end, with the handlers for that one") {
  RunBench bench(
      "name: guarded\n"
      "nodes: [{id: door, run: 'test -e key'}]\n"
      "on_success: {id: cheer, run: 'echo cheer >> trace'}\n"
      "on_failure: {id: tell, run: 'echo tell >> trace'}\n"
      "on_exit: {id: bye, run: 'echo bye >> trace; false'}\n");
  REQUIRE(bench.run()->status == ExecutionStatus::failed);
  CHECK(bench.record().warnings.size() == 1);
  retry(bench);
  CHECK(bench.record().warnings.empty());
  make_key(bench);
  REQUIRE(bench.run()->status == ExecutionStatus::completed);
  CHECK(bench.trace() == "tell\nbye\ncheer\nbye\n");
  CHECK(bench.node("on_failure/tell").status == NodeStatus::skipped);
  CHECK(bench.node("on_failure/tell").skip_reason == "not_taken");
  CHECK(bench.node("on_exit/bye").attempt == 2);
  CHECK(bench.record().warnings.size() == 1);
}

TEST_CASE("a workflow node that is tried again has a new run within it") {
  RunBench bench(
      "name: outer\n"
      "nodes: [{id: call, workflow: inner}]\n"
      "return: ${call}\n");
  bench.stored.texts["inner"] =
      "name: inner\n"
      "nodes: [{id: door, run: 'echo door >> trace; test -e key'}]\n"
      "return: in\n";
  REQUIRE(bench.run()->status == ExecutionStatus::failed);
  retry(bench);
  make_key(bench);
  REQUIRE(bench.run()->status == ExecutionStatus::completed);
  CHECK(bench.record().return_value == Value("in"));
  CHECK(bench.trace() == "door\ndoor\n");
  const auto children = *bench.store.children(bench.id);
  REQUIRE(children.size() == 2);
  CHECK(children[0].status == ExecutionStatus::failed);
  CHECK(children[1].status == ExecutionStatus::completed);
  CHECK(children[1].parent->node_execution_id == bench.node("call").id);
}

TEST_CASE("a rerun takes over what ended well and does not come after its first node") {
  RunBench bench(locked_door);
  make_key(bench);
  REQUIRE(bench.run().ok());
  const auto nodes = bench.nodes();
  const auto paths = [&](const std::string& from) {
    std::string text;
    const auto carried = carried_over(bench.workflow, from, nodes, {}, "wex-2", bench.clock.now());
    for (const NodeExecution& node : carried->nodes) {
      CHECK(node.execution_id == "wex-2");
      CHECK_FALSE(node.copied_from.empty());
      text += node.path + " ";
    }
    return text;
  };
  CHECK(paths("before").empty());
  CHECK(paths("each") == "before soft ");
  CHECK(paths("after") == "before soft each[0]/door each[1]/door each ");
  CHECK(
      carried_over(bench.workflow, "nobody", nodes, {}, "wex-2", bench.clock.now()).error().code ==
      ErrorCode::not_found);
  CHECK(carried_over(bench.workflow, "door", nodes, {}, "wex-2", bench.clock.now()).error().code ==
        ErrorCode::invalid_argument);
}

TEST_CASE("a clock that is set back makes nothing end before it began") {
  class ClockSetBack final : public Clock {
   public:
    [[nodiscard]] Timestamp now() const override { return now_ -= 1s; }

   private:
    mutable Timestamp now_ = goflow::test::noon;
  };
  RunBench bench("name: back\nnodes: [{id: a, run: 'true'}, {id: b, run: 'true'}]\n");
  const ClockSetBack clock;
  REQUIRE(bench.run(-1, &clock)->status == ExecutionStatus::completed);
  CHECK(*bench.record().completed_at >= *bench.record().started_at);
  for (const NodeExecution& node : bench.nodes()) {
    CHECK(node.status == NodeStatus::completed);
    CHECK(*node.completed_at >= *node.started_at);
  }
}
