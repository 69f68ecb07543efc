#include "core/template/builtin.hpp"

#include "core/template/arguments.hpp"
#include "core/template/instantiate.hpp"
#include "core/value/json.hpp"
#include "core/workflow/reader.hpp"
#include "tests/core/template/template_of.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace goflow::core;

namespace {

Template built_in(std::string_view id) {
  for (const BuiltInTemplate& one : built_in_templates()) {
    if (one.id == id) return template_of(std::string(one.text));
  }
  FAIL("no built-in template ", id);
  return {};
}

/// JSON is YAML, so this is a workflow file.
std::string workflow_text(const Template& from, const std::vector<TemplateArgument>& arguments) {
  const auto values = resolve_arguments(from, arguments);
  REQUIRE_MESSAGE(values.ok(), from.name);
  return to_json(instantiate(from, "made of " + from.name, *values));
}

void check_valid(const Template& from, const std::vector<TemplateArgument>& arguments = {}) {
  const std::string text = workflow_text(from, arguments);
  const WorkflowReading reading = read_workflow(text);
  for (const Diagnostic& diagnostic : reading.diagnostics) {
    FAIL_CHECK(render(diagnostic, from.name, text));
  }
  CHECK(reading.workflow.has_value());
}

}  // namespace

TEST_CASE("every built-in template is called as its file and makes do with its defaults") {
  std::vector<std::string_view> ids;
  for (const BuiltInTemplate& one : built_in_templates()) {
    const Template content = template_of(std::string(one.text));
    CHECK(content.name == one.id);
    CHECK_FALSE(content.description.empty());
    CHECK(resolve_arguments(content, {}).ok());
    for (const TemplateParameter& parameter : content.parameters) {
      CHECK_FALSE(parameter.variable.description.empty());
    }
    ids.push_back(one.id);
  }
  CHECK(ids == std::vector<std::string_view>{"basic", "etl", "api", "batch", "mcp"});
}

TEST_CASE("what a built-in template makes is a valid workflow, without a warning") {
  check_valid(built_in("basic"));
  check_valid(built_in("basic"), {{.name = "who", .text = "ann: #1"}});
  check_valid(built_in("etl"));
  check_valid(built_in("batch"), {{.name = "items", .text = "[]"}});
}

TEST_CASE("the api and mcp templates make valid workflows as well") {
  check_valid(built_in("api"));
  check_valid(built_in("api"), {{.name = "save", .text = "true"}});
  check_valid(built_in("mcp"));
}
