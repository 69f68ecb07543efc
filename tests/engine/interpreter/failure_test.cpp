#include "tests/engine/interpreter/fake_runtime.hpp"
#include "tests/engine/interpreter/workflow_builder.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace goflow;
using namespace goflow::engine;
using core::ExecutionStatus;
using Keys = std::vector<std::string>;

TEST_CASE("the first unhandled failure fails the run, ends what runs and starts nothing more") {
  WorkflowBuilder build;
  build.top(shell("a"));
  const auto b = build.top(shell("b"));
  const auto c = build.top(shell("c"));
  build.edge(b, c);
  TestRun run(build.workflow());
  run.start();
  run.fail("a", failure_of("execution", "exit status 1"));
  CHECK_FALSE(run.is_over());
  CHECK(run.runtime.pending("b").is_cancelled);
  SUBCASE("what runs is ended") {
    run.end_cancelled();
    CHECK(run.runtime.status_of("b") == "cancelled");
  }
  SUBCASE("what runs completes all the same") {
    run.complete("b", "in time");
    CHECK(run.runtime.status_of("b") == "completed");
  }
  CHECK(run.result().status == ExecutionStatus::failed);
  CHECK(run.result().failure->node == "a");
  CHECK(run.result().failure->message == "exit status 1");
  CHECK(run.result().return_value.is_null());
  CHECK(run.runtime.status_of("c").empty());
}

TEST_CASE("on_error continue: value and variable become null, and the run goes on") {
  WorkflowBuilder build;
  build.variable("x");
  build.then(with_on_error(with_output(shell("a"), "x"), core::OnError::keep_going));
  build.then(transform("seen", "[a, x, goflow.nodes.a.error.message, goflow.nodes.a.status]"));
  build.returns("${seen}");
  TestRun run(build.workflow(), core::Object{{"x", 1}});
  run.start();
  run.fail("a", failure_of("execution", "no luck"));
  CHECK(run.return_value() == core::Value(core::Array{nullptr, nullptr, "no luck", "failed"}));
  CHECK(run.runtime.finished("a").failure_is_handled);
  CHECK(run.runtime.status_of("a") == "failed");
}

TEST_CASE("on_error goto: a failure takes only the goto edge, a success never does") {
  WorkflowBuilder build;
  const auto a = build.top(with_on_error(shell("a"), core::OnError::go_to));
  const auto next = build.top(shell("next"));
  const auto rescue = build.top(shell("rescue"));
  build.edge(a, next);
  build.edge(a, rescue, core::Route::on_failure);
  TestRun run(build.workflow());
  run.start();
  std::string taken = "next";
  std::string left_out = "rescue";
  SUBCASE("success") {
    run.complete("a");
  }
  SUBCASE("failure") {
    run.fail("a", failure_of("execution"));
    std::swap(taken, left_out);
  }
  CHECK(run.pending() == Keys{taken});
  CHECK(run.runtime.finished(left_out).skip_reason == "not_taken");
  run.complete(taken);
  CHECK(run.result().status == ExecutionStatus::completed);
}

TEST_CASE("work that was ended from outside has failed") {
  WorkflowBuilder build;
  build.then(shell("a"));
  TestRun run(build.workflow());
  run.start();
  run.answer("a", EffectOutcome{.status = EffectOutcome::Status::cancelled});
  CHECK(run.result().status == ExecutionStatus::failed);
  CHECK(run.result().failure->type == "cancelled");
}

TEST_CASE("a cancelled run ends what is active and finishes as it was told") {
  for (const auto status : {ExecutionStatus::cancelled, ExecutionStatus::timed_out}) {
    WorkflowBuilder build;
    build.then(shell("a"));
    build.then(shell("b"));
    TestRun run(build.workflow());
    run.start();
    run.cancel(status);
    CHECK_FALSE(run.is_over());
    run.end_cancelled();
    CHECK(run.result().status == status);
    CHECK(run.result().failure->message == "somebody stopped it");
    CHECK(run.runtime.status_of("a") == "cancelled");
    CHECK(run.runtime.status_of("b").empty());
  }
}

TEST_CASE("how a cancelled node ended is told with its place") {
  WorkflowBuilder build;
  build.then(shell("a"));
  TestRun run(build.workflow());
  run.start();
  run.cancel();
  run.answer("a",
             EffectOutcome{.status = EffectOutcome::Status::cancelled,
                           .failure = failure_of("cancelled", "ended by signal 15")});
  CHECK(run.runtime.status_of("a") == "cancelled");
  const auto failure = run.runtime.finished("a").failure;
  REQUIRE(failure.has_value());
  CHECK(failure->path == "a");
}

TEST_CASE("a run that is failing already stays failed when somebody cancels it") {
  WorkflowBuilder build;
  build.top(shell("a"));
  build.top(shell("b"));
  TestRun run(build.workflow());
  run.start();
  run.fail("a", failure_of("execution"));
  run.cancel();
  run.end_cancelled();
  CHECK(run.result().status == ExecutionStatus::failed);
}

TEST_CASE("what waits for a place when the run is cancelled was never reached") {
  WorkflowBuilder build;
  std::vector<core::Graph> graphs;
  for (int i = 0; i < 300; ++i)
    graphs.push_back(build.sequence({shell("n" + std::to_string(i))}));
  build.then(node("fan", branches(std::move(graphs))));
  TestRun run(build.workflow());
  run.start();
  run.cancel();
  run.end_cancelled();
  CHECK(run.result().status == ExecutionStatus::cancelled);
  CHECK(run.runtime.all<NodeFinished>().size() == 257);
  CHECK(run.runtime.status_of("fan[299]/n299").empty());
}

TEST_CASE("a run that is cancelled before it starts asks for nothing") {
  WorkflowBuilder build;
  build.then(shell("a"));
  TestRun run(build.workflow());
  run.cancel();
  run.start();
  CHECK(run.result().status == ExecutionStatus::cancelled);
  CHECK(run.runtime.log.empty());
}
