#include "tests/engine/interpreter/fake_runtime.hpp"
#include "tests/engine/interpreter/workflow_builder.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace goflow;
using namespace goflow::engine;
using Keys = std::vector<std::string>;

namespace {

/// Two branches, `left` with two steps; each step is a shell node.
core::Workflow two_branches(core::MergeStrategy merge) {
  WorkflowBuilder build;
  std::vector<core::Graph> graphs;
  graphs.push_back(build.sequence({shell("near"), shell("nearer")}));
  graphs.push_back(build.sequence({shell("far")}));
  build.then(node("fan", branches(std::move(graphs), merge)));
  build.returns("${fan}");
  return build.workflow();
}

}  // namespace

TEST_CASE("wait_all: the value holds that of each branch's last node, in the order of branches") {
  const auto workflow = two_branches(core::MergeStrategy::wait_all);
  TestRun run(workflow);
  run.start();
  CHECK(run.pending() == Keys{"fan[0]/near", "fan[1]/far"});
  run.complete("fan[1]/far", "f");
  run.complete("fan[0]/near", "n");
  run.complete("fan[0]/nearer", "nn");
  CHECK(run.return_value() == core::Value(core::Array{"nn", "f"}));
}

TEST_CASE("branches that make more than one value may hold fail the node") {
  const auto workflow = two_branches(core::MergeStrategy::wait_all);
  TestRun run(workflow);
  run.start();
  const std::string large(40'000'000, 'x');
  run.complete("fan[0]/near");
  run.complete("fan[0]/nearer", large);
  run.complete("fan[1]/far", large);
  REQUIRE(run.result().status == core::ExecutionStatus::failed);
  CHECK(run.result().failure->type == "data");
  CHECK(run.result().failure->path == "fan");
  CHECK(run.result().failure->message ==
        "the values of the branches make at least 80000006 bytes, 64 MiB is most for one value");
}

TEST_CASE("wait_all: a failing branch does not end the others, and the first by index is told") {
  const auto workflow = two_branches(core::MergeStrategy::wait_all);
  TestRun run(workflow);
  run.start();
  run.fail("fan[1]/far", failure_of("connection", "far away"));
  CHECK(run.pending() == Keys{"fan[0]/near"});
  run.fail("fan[0]/near", failure_of("execution", "near miss"));
  REQUIRE(run.result().status == core::ExecutionStatus::failed);
  const core::Failure failure = *run.result().failure;
  CHECK(failure.message == "near miss");
  CHECK(failure.path == "fan[0]/near");
  CHECK(failure.context.find("branches")->as_object().keys() == Keys{"0", "1"});
  CHECK(run.runtime.status_of("fan") == "failed");
}

TEST_CASE("wait_any: the first success ends the others") {
  const auto workflow = two_branches(core::MergeStrategy::wait_any);
  TestRun run(workflow);
  run.start();
  run.complete("fan[1]/far", "f");
  CHECK_FALSE(run.is_over());
  CHECK(run.runtime.pending("fan[0]/near").is_cancelled);
  run.end_cancelled();
  CHECK(run.return_value() == core::Value(core::Array{nullptr, "f"}));
  CHECK(run.runtime.status_of("fan[0]/near") == "cancelled");
  CHECK(run.runtime.status_of("fan[0]/nearer").empty());
}

TEST_CASE("wait_any: a success that comes after the decision does not count") {
  const auto workflow = two_branches(core::MergeStrategy::wait_any);
  TestRun run(workflow);
  run.start();
  run.complete("fan[0]/near");
  run.complete("fan[0]/nearer", "nn");
  run.complete("fan[1]/far", "too late");
  CHECK(run.return_value() == core::Value(core::Array{"nn", nullptr}));
  CHECK(run.runtime.status_of("fan[1]/far") == "completed");
}

TEST_CASE("wait_any: it fails when all have failed") {
  const auto workflow = two_branches(core::MergeStrategy::wait_any);
  TestRun run(workflow);
  run.start();
  run.fail("fan[0]/near", failure_of("execution"));
  CHECK_FALSE(run.is_over());
  run.fail("fan[1]/far", failure_of("connection"));
  CHECK(run.result().failure->message == "all parallel branches failed");
  CHECK(run.result().failure->path == "fan");
}

TEST_CASE("wait_first: the first branch to finish decides, whichever way") {
  const auto workflow = two_branches(core::MergeStrategy::wait_first);
  TestRun run(workflow);
  run.start();
  SUBCASE("it failed") {
    run.fail("fan[1]/far", failure_of("connection", "far away"));
    run.end_cancelled();
    CHECK(run.result().failure->message == "far away");
  }
  SUBCASE("it succeeded") {
    run.complete("fan[1]/far", "f");
    run.end_cancelled();
    CHECK(run.return_value() == core::Value(core::Array{nullptr, "f"}));
  }
}

TEST_CASE("named branches give an object, and their names stand in the paths") {
  WorkflowBuilder build;
  core::ParallelNode parallel;
  parallel.named = true;
  parallel.branches.push_back({.name = "left", .graph = build.sequence({shell("a")})});
  parallel.branches.push_back({.name = "right", .graph = build.sequence({shell("b")})});
  build.then(node("fan", std::move(parallel)));
  build.returns("${fan}");
  TestRun run(build.workflow());
  run.start();
  CHECK(run.pending() == Keys{"fan/left/a", "fan/right/b"});
  run.complete("fan/right/b", 2);
  run.complete("fan/left/a", 1);
  CHECK(run.return_value() == core::Value(core::Object{{"left", 1}, {"right", 2}}));
}

TEST_CASE("max_parallel starts the next branch when one has ended") {
  WorkflowBuilder build;
  std::vector<core::Graph> graphs;
  for (int i = 0; i < 4; ++i)
    graphs.push_back(build.sequence({shell("n" + std::to_string(i))}));
  core::ParallelNode parallel = branches(std::move(graphs));
  parallel.max_parallel = 2;
  build.then(node("fan", std::move(parallel)));
  TestRun run(build.workflow());
  run.start();
  CHECK(run.pending() == Keys{"fan[0]/n0", "fan[1]/n1"});
  run.complete("fan[1]/n1");
  CHECK(run.pending() == Keys{"fan[0]/n0", "fan[2]/n2"});
}

TEST_CASE("branches work on copies; what they assigned is brought back, the higher index winning") {
  WorkflowBuilder build;
  build.variable("shared");
  build.variable("untouched");
  std::vector<core::Graph> graphs;
  graphs.push_back(build.sequence({with_output(shell("a"), "shared"),
                                   with_output(transform("a_sees", "shared"), "seen_by_a")}));
  graphs.push_back(build.sequence({with_output(shell("b"), "shared"),
                                   with_output(transform("b_sees", "shared"), "seen_by_b")}));
  build.then(node("fan", branches(std::move(graphs))));
  build.returns("${[shared, seen_by_a, seen_by_b, untouched]}");
  TestRun run(build.workflow(), core::Object{{"shared", 0}, {"untouched", 9}});
  run.start();
  run.complete("fan[1]/b", 2);
  run.complete("fan[0]/a", 1);
  CHECK(run.return_value() == core::Value(core::Array{2, 1, 2, 9}));
  CHECK(run.runtime.finished("fan").warnings ==
        Keys{"branches 0 and 1 both assigned 'shared'; that of 1 counts"});
  const auto changes = run.runtime.all<VariableSet>();
  REQUIRE(changes.size() == 7);
  CHECK(changes[0].scope == "fan[1]");
  CHECK(changes[4].scope.empty());
  CHECK(changes[4].name == "shared");
  CHECK(changes[4].node_path == "fan");
  CHECK(changes[4].old_value == core::Value(0));
}

TEST_CASE("nothing is brought back from a parallel node that failed") {
  WorkflowBuilder build;
  build.variable("x");
  std::vector<core::Graph> graphs;
  graphs.push_back(build.sequence({with_output(shell("a"), "x")}));
  graphs.push_back(build.sequence({shell("b")}));
  build.then(with_on_error(node("fan", branches(std::move(graphs))), core::OnError::keep_going));
  build.returns("${x}");
  TestRun run(build.workflow(), core::Object{{"x", "old"}});
  run.start();
  run.complete("fan[0]/a", "new");
  run.fail("fan[1]/b", failure_of("execution"));
  CHECK(run.return_value() == core::Value("old"));
}

TEST_CASE("goflow.nodes shows the nodes of the same branch and those around it") {
  WorkflowBuilder build;
  build.then(with_on_error(shell("before"), core::OnError::keep_going));
  std::vector<core::Graph> graphs;
  graphs.push_back(build.sequence({shell("a"), transform("a_sees", "keys(goflow.nodes)")}));
  graphs.push_back(
      build.sequence({shell("b"), transform("b_sees", "goflow.nodes.before.error.type")}));
  build.then(node("fan", branches(std::move(graphs))));
  build.returns("${fan}");
  TestRun run(build.workflow());
  run.start();
  run.fail("before", failure_of("connection"));
  run.complete("fan[0]/a");
  run.complete("fan[1]/b");
  CHECK(run.return_value() == core::Value(core::Array{core::Array{"before", "a"}, "connection"}));
}

TEST_CASE("a parallel node that takes too long fails with the kind timeout") {
  WorkflowBuilder build;
  std::vector<core::Graph> graphs;
  graphs.push_back(build.sequence({shell("slow")}));
  core::Node fan = node("fan", branches(std::move(graphs)));
  fan.timeout = std::chrono::seconds(90);
  build.then(std::move(fan));
  TestRun run(build.workflow());
  run.start();
  CHECK(run.pending() == Keys{"fan#timeout", "fan[0]/slow"});
  SUBCASE("the clock rings") {
    run.complete("fan#timeout");
    CHECK(run.runtime.pending("fan[0]/slow").is_cancelled);
    run.end_cancelled();
    CHECK(run.result().failure->type == "timeout");
    CHECK(run.result().failure->message == "timed out after 1m30s");
    CHECK(run.runtime.status_of("fan[0]/slow") == "cancelled");
  }
  SUBCASE("the work is done in time") {
    run.complete("fan[0]/slow");
    CHECK(run.runtime.pending("fan#timeout").is_cancelled);
    run.end_cancelled();
    CHECK(run.result().status == core::ExecutionStatus::completed);
  }
}
