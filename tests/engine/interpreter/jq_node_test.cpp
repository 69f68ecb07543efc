#include "core/value/json.hpp"
#include "tests/engine/interpreter/fake_runtime.hpp"
#include "tests/engine/interpreter/workflow_builder.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

using namespace goflow;
using namespace goflow::engine;

namespace {

core::Workflow workflow_with(const std::string& program, const std::string& input) {
  auto compiled = core::JqProgram::compile(program);
  REQUIRE(compiled.ok());
  core::Placed<core::JqProgram> placed{.what = *std::move(compiled)};
  placed.at = {.line = 7, .column = 9};
  placed.called = "jq of node 'made'";
  core::TransformNode work{.program = std::move(placed)};
  if (!input.empty()) work.input = expression(input);
  WorkflowBuilder build;
  for (const auto* name : {"xs", "n", "unset", "large"})
    build.variable(name);
  build.then(node("made", std::move(work)));
  return build.workflow();
}

struct OneNode {
  explicit OneNode(const std::string& program, const std::string& input = "")
      : workflow(workflow_with(program, input)),
        run(workflow, core::Object{{"xs", core::Array{1, 2}}, {"n", 2}, {"large", INT64_MAX}}) {
    run.start();
  }
  [[nodiscard]] core::Failure failure() const { return *run.result().failure; }

  core::Workflow workflow;
  TestRun run;
};

}  // namespace

TEST_CASE("a jq program is computed elsewhere, with its input and the variables that it reads") {
  OneNode one("map(. + $n) | . as $own | $own", "xs");
  const auto& effect = std::get<ActivityEffect>(one.run.runtime.pending("made").effect);
  CHECK(effect.type == "jq");
  CHECK_FALSE(effect.timeout.has_value());
  CHECK(core::to_json(effect.input) ==
        R"({"jq":"map(. + $n) | . as $own | $own","input":[1,2],"variables":{"n":2},)"
        R"("now":1000,"limit_ms":10000})");
  one.run.complete("made", core::Array{3, 4});
  CHECK(one.run.runtime.finished("made").value == core::Value(core::Array{3, 4}));
}

TEST_CASE("without an input it is null") {
  const OneNode one("1");
  const auto& effect = std::get<ActivityEffect>(one.run.runtime.pending("made").effect);
  CHECK(effect.input.find("input")->is_null());
}

TEST_CASE("what jq could not see, or would see wrongly, fails the node") {
  CHECK(OneNode("1 + $unset").failure().message == "'unset' has no value yet");
  CHECK(OneNode("$large").failure().message ==
        "'large' holds 9223372036854775807, which jq cannot tell from its neighbours: it computes "
        "with doubles");
  CHECK(OneNode("1", "large").failure().message.starts_with("the input holds "));
  CHECK(OneNode("1", "xs[7]").failure().type == "data");
}

TEST_CASE("a program that fails is pointed to") {
  OneNode one("error(\"no\")");
  one.run.fail("made", failure_of("data", "no"));
  const core::Failure failure = one.failure();
  CHECK(*failure.context.find("in") == core::Value("jq of node 'made'"));
  CHECK(*failure.context.find("line") == core::Value(7));
  CHECK(*failure.context.find("column") == core::Value(9));
}
