#include "tests/engine/interpreter/fake_runtime.hpp"
#include "tests/engine/interpreter/workflow_builder.hpp"
#include "tests/support/parsed_json.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace goflow;
using namespace goflow::engine;
using test::parsed;

namespace {

const ActivityEffect& activity(const TestRun& run, const std::string& key) {
  return std::get<ActivityEffect>(run.runtime.pending(key).effect);
}

}  // namespace

TEST_CASE("a script gets the variables, the environment and how to read its output") {
  WorkflowBuilder build;
  build.variable("who");
  build.variable("nothing");
  build.workflow().env = {{.name = "LEVEL", .value = text_template("info")},
                          {.name = "TOKEN", .value = text_template("${who}-token")}};
  core::ShellNode work{.script = "echo", .command = {}};
  work.env = {{.name = "LEVEL", .value = text_template("debug")},
              {.name = "HOME", .value = std::nullopt},
              {.name = "GONE", .value = text_template("${null}")},
              {.name = "LIST", .value = text_template("${[who, 1.0]}")}};
  work.cwd = text_template("/srv/${who}");
  work.stdin_value = value_template("${[who, 1]}");
  work.parse = core::OutputParse::lines;
  work.outputs = {"tag"};
  core::Node step = node("step", std::move(work));
  step.timeout = std::chrono::seconds(5);
  build.then(std::move(step));
  TestRun run(build.workflow(), core::Object{{"who", "ann"}});
  run.start();

  const ActivityEffect& effect = activity(run, "step");
  CHECK(effect.type == "shell");
  CHECK(effect.node_id == "step");
  CHECK(effect.timeout == std::chrono::seconds(5));
  CHECK(effect.input == parsed(R"({
    "script": "echo", "shell": ["/bin/sh", "-e"], "cwd": "/srv/ann", "stdin": ["ann", 1],
    "variables": {"who": "ann"}, "env": {"LEVEL": "debug", "TOKEN": "ann-token", "HOME": null,
            "GONE": null, "LIST": "[\"ann\",1]"},
    "parse": "lines", "outputs": ["tag"], "value_is_used": true})"));
  CHECK(run.runtime.all<NodeStarted>().front().inputs == parsed(R"({
    "cwd": "/srv/ann", "env": {"LEVEL": "debug", "HOME": null, "GONE": null,
            "LIST": "[\"ann\",1]"}, "stdin": ["ann", 1]})"));
}

TEST_CASE("a command gets its arguments and no variables") {
  WorkflowBuilder build;
  build.variable("who");
  core::ShellNode work;
  work.command = {text_template("greet"), text_template("--name=${who}")};
  work.value_is_used = false;
  build.then(node("step", std::move(work)));
  TestRun run(build.workflow(), core::Object{{"who", "bo"}});
  run.start();
  CHECK(activity(run, "step").input == parsed(R"({
    "command": ["greet", "--name=bo"], "env": {}, "parse": "text", "outputs": [],
    "value_is_used": false})"));
}

TEST_CASE("a template that cannot be filled in fails the node, and tells where it stands") {
  WorkflowBuilder build;
  build.variable("nothing");
  core::ShellNode work;
  work.command = {text_template("greet"), text_template("${nothing}")};
  work.command.back().at = {.line = 7, .column = 13};
  build.then(node("step", std::move(work)));
  TestRun run(build.workflow());
  run.start();
  REQUIRE(run.result().status == core::ExecutionStatus::failed);
  const core::Failure failure = *run.result().failure;
  CHECK(failure.type == "data");
  CHECK(failure.path == "step");
  CHECK(*failure.context.find("line") == core::Value(7));
  CHECK(*failure.context.find("column") == core::Value(13));
}

TEST_CASE("goflow tells a node about itself") {
  WorkflowBuilder build;
  core::ShellNode work;
  work.command = {
      text_template("${goflow.execution_id} ${goflow.workflow} ${goflow.node} "
                    "${goflow.attempt} ${goflow.started_at}")};
  build.then(with_attempts(node("step", std::move(work)), 2));
  TestRun run(build.workflow());
  run.start();
  run.fail("step", failure_of("execution"));
  run.complete("step#2");
  CHECK(*activity(run, "step#2").input.find("command") ==
        core::Value(core::Array{"wex-test test step 2 1970-01-01T00:00:00.000000Z"}));
}

TEST_CASE("a value that is not of the declared type is kept, with a warning") {
  WorkflowBuilder build;
  build.variable("n", core::VariableType::number);
  build.then(with_output(shell("step"), "n"));
  build.returns("${n}");
  TestRun run(build.workflow());
  run.start();
  run.complete("step", "twelve");
  CHECK(run.return_value() == core::Value("twelve"));
  CHECK(run.runtime.finished("step").warnings ==
        std::vector<std::string>{"variable 'n' is declared as number, but was given string"});
}

TEST_CASE("a transform reads its input by that name, and forgives what is missing in a template") {
  WorkflowBuilder build;
  build.variable("user");
  core::TransformNode work{.program = text_template("Dear ${input.name}${input.title}!"),
                           .input = expression("user")};
  build.then(node("letter", std::move(work)));
  build.returns("${letter}");
  TestRun run(build.workflow(), core::Object{{"user", core::Object{{"name", "Ann"}}}});
  run.start();
  CHECK(run.return_value() == core::Value("Dear Ann!"));
  CHECK(run.runtime.finished("letter").warnings.size() == 1);
}

TEST_CASE("a remembered value is used instead of computing it again") {
  WorkflowBuilder build;
  build.variable("nothing");
  build.then(transform("step", "nothing"));
  build.returns("${step}");
  TestRun run(build.workflow());
  run.runtime.memory.emplace("step", EffectOutcome{.value = "remembered"});
  run.start();
  CHECK(run.return_value() == core::Value("remembered"));
}
