#include "tests/engine/interpreter/fake_runtime.hpp"
#include "tests/engine/interpreter/workflow_builder.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

using namespace goflow;
using namespace goflow::engine;

namespace {

core::Node template_node(const std::string& text) {
  core::TransformNode work{.program = text_template(text)};
  return node("made", std::move(work));
}

core::Node json_path_node(const std::string& path, const std::string& input) {
  auto compiled = core::JsonPath::compile(path);
  REQUIRE_MESSAGE(compiled.ok(), path);
  core::TransformNode work{.program = core::Placed<core::JsonPath>{.what = *std::move(compiled)},
                           .input = expression(input)};
  return node("made", std::move(work));
}

/// What became of the node when `xs` is a list, `n` a number and `unset` nothing.
NodeFinished end_of(core::Node made) {
  WorkflowBuilder build;
  for (const auto* name : {"xs", "n", "unset"})
    build.variable(name);
  build.top(std::move(made));
  TestRun run(build.workflow(), core::Object{{"xs", core::Array{1, "b"}}, {"n", 2}});
  run.start();
  REQUIRE(run.is_over());
  return run.runtime.finished("made");
}

}  // namespace

TEST_CASE("a template of one placeholder keeps the type of its value, any other is text") {
  CHECK(end_of(template_node("${xs}")).value == core::Value(core::Array{1, "b"}));
  CHECK(end_of(template_node("${n}")).value == core::Value(2));
  CHECK(end_of(template_node("${n}${n}")).value == core::Value("22"));
  CHECK(end_of(template_node("xs: ${xs}")).value == core::Value("xs: [1,\"b\"]"));
}

TEST_CASE("what is missing in a template is empty text, and a warning names it") {
  for (const auto* text : {"${unset}", "${unset}${xs[9] ?? ''}"}) {
    const NodeFinished end = end_of(template_node(text));
    CHECK(end.status == core::NodeStatus::completed);
    CHECK(end.value == core::Value(""));
    CHECK(end.warnings == std::vector<std::string>{"${unset}: 'unset' has no value yet"});
  }
}

TEST_CASE("other errors in a template fail the node") {
  CHECK(end_of(template_node("${n / 0}")).failure->message == "division by zero");
  CHECK(end_of(template_node("a ${n / 0}")).failure->message == "division by zero");
}

TEST_CASE("a JSONPath is applied to the input") {
  CHECK(end_of(json_path_node("$[1]", "xs")).value == core::Value("b"));
  CHECK(end_of(json_path_node("$[*]", "xs")).value == core::Value(core::Array{1, "b"}));
  CHECK(end_of(json_path_node("$.a", "{a: n}")).value == core::Value(2));
  CHECK(end_of(json_path_node("$.a", "nil")).failure->message == "input of the JSONPath is null");
}
