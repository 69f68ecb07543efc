#include "tests/engine/interpreter/fake_runtime.hpp"
#include "tests/engine/interpreter/workflow_builder.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <utility>
#include <variant>
#include <vector>

using namespace goflow;
using namespace goflow::engine;
using Keys = std::vector<std::string>;

namespace {

core::Node signal_node(std::string id, const std::string& name) {
  return node(std::move(id), core::SignalNode{.signal = text_template(name)});
}

}  // namespace

TEST_CASE("a signal node waits for its signal and takes its data as value") {
  WorkflowBuilder build;
  build.variable("stage");
  build.variable("answer");
  core::Node ask = with_output(signal_node("ask", "approve-${stage}"), "answer");
  ask.timeout = std::chrono::hours(1);
  ask.description = "Apply this plan?";
  build.then(std::move(ask));
  build.returns("${answer.ok}");
  TestRun run(build.workflow(), core::Object{{"stage", "prod"}});
  run.start();
  REQUIRE(run.pending() == Keys{"ask"});
  const auto& effect = std::get<SignalEffect>(run.runtime.pending("ask").effect);
  CHECK(effect.name == "approve-prod");
  CHECK(effect.timeout == std::chrono::hours(1));
  CHECK(run.runtime.all<NodeStarted>()[0].inputs ==
        core::Value(core::Object{{"signal", "approve-prod"}, {"description", "Apply this plan?"}}));
  run.complete("ask", core::Object{{"ok", true}});
  CHECK(run.return_value() == core::Value(true));
}

TEST_CASE("a signal without a possible name fails its node") {
  WorkflowBuilder build;
  build.variable("stage");
  build.then(signal_node("ask", "${stage}"));
  TestRun run(build.workflow(), core::Object{{"stage", "two words"}});
  run.start();
  CHECK(run.result().failure->type == "data");
  CHECK(run.result().failure->message == "'two words' cannot be the name of a signal");
  CHECK(run.runtime.status_of("ask") == "failed");
}

TEST_CASE("nodes that wait for signals take nobody's place") {
  WorkflowBuilder build;
  build.workflow().concurrency = 1;
  build.top(signal_node("one", "go"));
  build.top(signal_node("two", "go"));
  build.top(shell("work"));
  TestRun run(build.workflow());
  run.start();
  CHECK(run.pending() == Keys{"one", "two", "work"});
}

TEST_CASE("a signal that does not come in time is handled like any failure") {
  WorkflowBuilder build;
  build.then(with_on_error(signal_node("ask", "go"), core::OnError::keep_going));
  build.then(transform("kind", "goflow.nodes['ask'].error.type"));
  build.returns("${kind}");
  TestRun run(build.workflow());
  run.start();
  run.fail("ask", failure_of("timeout"));
  CHECK(run.return_value() == core::Value("timeout"));
}

TEST_CASE("a run that is cancelled waits for no signal") {
  WorkflowBuilder build;
  build.then(signal_node("ask", "go"));
  TestRun run(build.workflow());
  run.start();
  run.cancel();
  run.end_cancelled();
  CHECK(run.result().status == core::ExecutionStatus::cancelled);
  CHECK(run.runtime.status_of("ask") == "cancelled");
}
