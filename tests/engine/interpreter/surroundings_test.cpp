#include "core/value/json.hpp"
#include "tests/engine/interpreter/fake_runtime.hpp"
#include "tests/engine/interpreter/workflow_builder.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <utility>

using namespace goflow;
using namespace goflow::engine;

namespace {

/// A `when`, a node beside another, rounds and attempts, each with UUIDs of its own.
core::Workflow many_uuids() {
  WorkflowBuilder build;
  build.then(with_when(transform("two", "[uuid(), uuid()]"), "len(uuid()) == 36"));
  build.then(node("each", loop_times(2, build.sequence({transform("inner", "uuid()")}))));
  build.then(with_attempts(shell("again", "${uuid()}"), 2));
  build.returns("${concat(two, each, map(1..2, uuid()))}");
  return build.workflow();
}

core::Value uuids_of(const core::Workflow& workflow) {
  TestRun run(workflow);
  run.start();
  run.complete("again");
  return run.return_value();
}

}  // namespace

TEST_CASE("no two uuid() of a run are the same, and a replay makes the same ones") {
  const core::Workflow workflow = many_uuids();
  const core::Value all = uuids_of(workflow);
  std::set<std::string> different;
  for (const core::Value& uuid : all.as_array())
    different.insert(uuid.as_text());
  CHECK(all.as_array().size() == 6);
  CHECK(different.size() == 6);
  CHECK(uuids_of(workflow) == all);
}

TEST_CASE("each attempt of a node has UUIDs of its own") {
  WorkflowBuilder build;
  core::ShellNode work{.script = std::nullopt, .command = {text_template("${uuid()}")}};
  build.top(with_attempts(node("send", std::move(work)), 2));
  TestRun run(build.workflow());
  run.start();
  const auto argument = [&run](const std::string& key) {
    const auto& effect = std::get<ActivityEffect>(run.runtime.pending(key).effect);
    return effect.input.find("command")->as_array().front().as_text();
  };
  const std::string first = argument("send");
  run.fail("send", failure_of("connection"));
  run.complete("send#2");  // the delay
  CHECK(first.size() == 36);
  CHECK(argument("send#2") != first);
}

TEST_CASE("env() and secret() ask the runtime") {
  WorkflowBuilder build;
  core::ShellNode work{.script = "true", .command = {}};
  work.env = {{"TOKEN", text_template("${secret('api')} ${env('LANG')} ${env('NOWHERE') ?? '-'}")}};
  build.top(node("send", std::move(work)));
  TestRun run(build.workflow());
  run.start();
  const auto& effect = std::get<ActivityEffect>(run.runtime.pending("send").effect);
  CHECK(*effect.input.find("env")->find("TOKEN") == core::Value("s3cret C -"));
}

TEST_CASE("what asks for a credential is recorded as it is written") {
  WorkflowBuilder build;
  build.variable("who");
  build.workflow().env = {{"SHARED", text_template("${secret('api')}")}};
  core::ShellNode work{.script = "true", .command = {}};
  work.env = {{"TOKEN", text_template("${who}: ${secret('api')}")},
              {"WHO", text_template("${who}")}};
  work.stdin_value = value_template("${secret('api')}");
  build.top(node("send", std::move(work)));
  TestRun run(build.workflow(), core::Object{{"who", "ann"}});
  run.start();
  const auto& effect = std::get<ActivityEffect>(run.runtime.pending("send").effect);
  CHECK(core::to_json(*effect.input.find("env")) ==
        R"({"SHARED":"s3cret","TOKEN":"ann: s3cret","WHO":"ann"})");
  CHECK(core::to_json(run.runtime.all<NodeStarted>().front().inputs) ==
        R"({"env":{"TOKEN":"ann: ${secret('api')}","WHO":"ann"},"stdin":"${secret('api')}"})");
}

TEST_CASE("a node that is remembered needs its credentials no more") {
  WorkflowBuilder build;
  core::ShellNode work{.script = "true", .command = {}};
  work.env = {{"TOKEN", text_template("${secret('nope')}")}};
  build.top(node("send", std::move(work)));
  TestRun run(build.workflow());
  run.runtime.memory.emplace("send", EffectOutcome{.value = "sent"});
  run.start();
  run.complete("send", "sent");
  CHECK(run.runtime.status_of("send") == "completed");
}

TEST_CASE("a credential that is not there fails the node with a sentence") {
  WorkflowBuilder build;
  core::ShellNode work{.script = "true", .command = {}};
  work.env = {{"TOKEN", text_template("${secret('nope')}")}};
  build.top(node("send", std::move(work)));
  TestRun run(build.workflow());
  run.start();
  CHECK(run.result().failure->type == "validation");
  CHECK(run.result().failure->message == "there is no credential 'nope'");
}

TEST_CASE("what a `when` came to is remembered, whatever it would come to now") {
  WorkflowBuilder build;
  build.top(with_when(transform("then", "1"), "env('LANG') == 'gone'"));
  build.top(with_when(transform("not_then", "2"), "env('LANG') == 'C'"));
  TestRun run(build.workflow());
  run.runtime.remembered_whens = {{"then", true}, {"not_then", false}};
  run.start();
  CHECK(run.runtime.status_of("then") == "completed");
  CHECK(run.runtime.status_of("not_then") == "skipped");
}

TEST_CASE("goflow.nodes tells when a node started and ended") {
  WorkflowBuilder build;
  build.then(transform("a", "1"));
  build.then(with_when(transform("b", "1"), "false"));
  build.then(transform("c",
                       "map(['a', 'b'], [goflow.nodes[#].started_at, "
                       "goflow.nodes[#].completed_at])"));
  build.returns("${c}");
  TestRun run(build.workflow());
  run.start();
  const core::Value times = run.return_value();
  const core::Array& of_a = times.as_array()[0].as_array();
  CHECK(of_a[0] == core::Value("1970-01-01T00:16:41.000000Z"));
  CHECK(of_a[1] == core::Value("1970-01-01T00:16:42.000000Z"));
  CHECK(times.as_array()[1].as_array()[0].is_null());
}
