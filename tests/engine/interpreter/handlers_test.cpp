#include "tests/engine/interpreter/fake_runtime.hpp"
#include "tests/engine/interpreter/workflow_builder.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>
#include <variant>
#include <vector>

using namespace goflow;
using namespace goflow::engine;
using core::Handler;
using Keys = std::vector<std::string>;

namespace {

constexpr const char* limit = "#handlers";

void add_handler(WorkflowBuilder& build, Handler handler, std::vector<core::Node> nodes) {
  core::Graph graph = build.sequence(std::move(nodes));
  build.workflow().handlers.emplace_back(handler, std::move(graph));
}

/// One step, and a handler of each kind that does one step, written in the wrong order.
core::Workflow with_all_handlers() {
  WorkflowBuilder build;
  build.then(shell("work"));
  add_handler(build, Handler::on_exit, {shell("sweep")});
  add_handler(build, Handler::on_failure, {shell("tell")});
  add_handler(build, Handler::on_success, {shell("cheer")});
  build.returns("done");
  return build.workflow();
}

Keys without_limit(Keys keys) {
  std::erase(keys, limit);
  return keys;
}

}  // namespace

TEST_CASE("after success comes on_success, and on_exit last") {
  const core::Workflow workflow = with_all_handlers();
  TestRun run(workflow);
  run.start();
  run.complete("work");
  CHECK(without_limit(run.pending()) == Keys{"on_success/cheer"});
  CHECK_FALSE(run.is_over());
  run.complete("on_success/cheer");
  CHECK(without_limit(run.pending()) == Keys{"on_exit/sweep"});
  run.complete("on_exit/sweep");
  run.end_cancelled();
  CHECK(run.return_value() == core::Value("done"));
  CHECK(run.result().warnings.empty());
}

TEST_CASE("a handler may ask about nodes that were never reached") {
  WorkflowBuilder build;
  build.then(shell("first"));
  build.then(shell("second"));
  core::Node ask = transform("ask",
                             "[goflow.nodes['first'].status, goflow.nodes['second'].status, "
                             "goflow.nodes['second'].error]");
  add_handler(build, Handler::on_exit, {std::move(ask)});
  const core::Workflow workflow = build.workflow();
  TestRun run(workflow);
  run.start();
  run.fail("first", failure_of("execution"));
  run.end_cancelled();
  REQUIRE(run.is_over());
  CHECK(run.runtime.finished("on_exit/ask").value ==
        core::Value(core::Array{"failed", "pending", core::Value()}));
}

TEST_CASE("after failure and after the end of time comes on_failure") {
  const core::Workflow workflow = with_all_handlers();
  TestRun run(workflow);
  run.start();
  SUBCASE("failure") {
    run.fail("work", failure_of("execution"));
  }
  SUBCASE("time") {
    run.cancel(core::ExecutionStatus::timed_out);
    run.end_cancelled();
  }
  CHECK(without_limit(run.pending()) == Keys{"on_failure/tell"});
  run.complete("on_failure/tell");
  run.complete("on_exit/sweep");
  run.end_cancelled();
  CHECK(run.result().status != core::ExecutionStatus::completed);
  CHECK(run.result().return_value.is_null());
}

TEST_CASE("a run that was cancelled has on_exit only, and none when it may not") {
  const core::Workflow workflow = with_all_handlers();
  TestRun run(workflow);
  run.start();
  run.cancel();
  run.end_cancelled();
  CHECK(without_limit(run.pending()) == Keys{"on_exit/sweep"});
  run.complete("on_exit/sweep");
  run.end_cancelled();
  CHECK(run.result().status == core::ExecutionStatus::cancelled);
}

TEST_CASE("handlers see the last variables, the status and the first failure") {
  WorkflowBuilder build;
  build.variable("x");
  build.variable("seen");
  build.then(with_output(transform("set", "41 + 1"), "x"));
  build.then(shell("work"));
  add_handler(build,
              Handler::on_failure,
              {with_output(transform("look", "[x, goflow.status, goflow.error.node]"), "seen")});
  add_handler(build, Handler::on_exit, {transform("again", "seen")});
  TestRun run(build.workflow());
  run.start();
  run.fail("work", failure_of("execution"));
  run.end_cancelled();
  REQUIRE(run.is_over());
  const core::Value seen(core::Array{42, "failed", "work"});
  CHECK(run.runtime.finished("on_failure/look").value == seen);
  CHECK(run.runtime.finished("on_exit/again").value == seen);
}

TEST_CASE("the error is null for the handlers of a success") {
  WorkflowBuilder build;
  build.then(passthrough("nothing"));
  add_handler(build, Handler::on_exit, {transform("look", "[goflow.status, goflow.error]")});
  TestRun run(build.workflow());
  run.start();
  run.end_cancelled();
  CHECK(run.runtime.finished("on_exit/look").value ==
        core::Value(core::Array{"completed", core::Value()}));
}

TEST_CASE("a handler that fails is a warning, and the next one runs") {
  const core::Workflow workflow = with_all_handlers();
  TestRun run(workflow);
  run.start();
  run.complete("work");
  run.fail("on_success/cheer", failure_of("execution", "exit status 4"));
  run.complete("on_exit/sweep");
  run.end_cancelled();
  CHECK(run.return_value() == core::Value("done"));
  CHECK(run.result().warnings == Keys{"on_success: node 'cheer' failed: exit status 4"});
}

TEST_CASE("together the handlers have ten minutes") {
  const core::Workflow workflow = with_all_handlers();
  TestRun run(workflow);
  run.start();
  run.complete("work");
  const auto& sleep = std::get<SleepEffect>(run.runtime.pending(limit).effect);
  CHECK(std::get<std::chrono::milliseconds>(sleep.until) == std::chrono::minutes(10));
  run.complete(limit);
  run.end_cancelled();
  CHECK(run.return_value() == core::Value("done"));
  CHECK(run.runtime.status_of("on_success/cheer") == "cancelled");
  CHECK(run.result().warnings == Keys{"on_success was cut short",
                                      "on_exit was left out",
                                      "the handlers took more than ten minutes"});
}

TEST_CASE("without handlers nothing is asked of the runtime when a run ends") {
  WorkflowBuilder build;
  build.then(shell("work"));
  TestRun run(build.workflow());
  run.start();
  run.complete("work");
  CHECK(run.is_over());
  CHECK(run.pending().empty());
}
