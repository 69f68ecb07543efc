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

core::Node call(const std::string& input) {
  core::WorkflowNode work{.workflow = "inner", .inputs = {}};
  work.inputs.push_back({.name = "n", .value = value_template(input)});
  return node("call", std::move(work));
}

}  // namespace

TEST_CASE("a workflow node hands over inputs with their types and takes the return value") {
  WorkflowBuilder build;
  build.variable("list");
  build.then(call("${list}"));
  build.returns("${call}");
  TestRun run(build.workflow(), core::Object{{"list", core::Array{1, 2}}});
  run.start();
  const auto& effect = std::get<ChildEffect>(run.runtime.pending("call").effect);
  CHECK(effect.workflow == "inner");
  CHECK(effect.inputs == core::Object{{"n", core::Array{1, 2}}});
  CHECK(*run.runtime.all<NodeStarted>()[0].inputs.find("workflow") == core::Value("inner"));
  run.complete("call", 42);
  CHECK(run.return_value() == core::Value(42));
}

TEST_CASE("an input that cannot be evaluated fails the node before anything runs") {
  WorkflowBuilder build;
  build.variable("list");
  build.then(call("${list[0].name}"));
  TestRun run(build.workflow(), core::Object{{"list", core::Array{}}});
  run.start();
  CHECK(run.pending().empty());
  CHECK(run.result().failure->type == "data");
}

TEST_CASE("each attempt of a workflow node is a run of its own") {
  WorkflowBuilder build;
  build.then(with_attempts(call("1"), 2));
  build.returns("${call}");
  TestRun run(build.workflow());
  run.start();
  run.fail("call", failure_of("execution"));
  run.complete("call#2");  // the delay
  CHECK(std::get<ChildEffect>(run.runtime.pending("call#2").effect).attempt == 2);
  run.complete("call#2", "late");
  CHECK(run.return_value() == core::Value("late"));
}

TEST_CASE("the time limit of a workflow node ends the run within it") {
  WorkflowBuilder build;
  core::Node limited = call("1");
  limited.timeout = std::chrono::seconds(5);
  build.then(std::move(limited));
  TestRun run(build.workflow());
  run.start();
  run.complete("call#timeout");
  CHECK(run.runtime.pending("call").is_cancelled);
  run.end_cancelled();
  CHECK(run.result().failure->type == "timeout");
  CHECK(run.result().failure->message == "timed out after 5s");
}
