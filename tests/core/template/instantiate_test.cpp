#include "core/template/instantiate.hpp"

#include "core/template/arguments.hpp"
#include "core/value/json.hpp"
#include "tests/core/template/template_of.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace goflow::core;

namespace {

/// The workflow as JSON, without the name and version in front.
std::string made(const std::string& spec, const std::vector<TemplateArgument>& arguments = {}) {
  const Template from = template_with_spec(spec);
  const auto values = resolve_arguments(from, arguments);
  REQUIRE(values.ok());
  Object workflow = instantiate(from, "mine", *values);
  CHECK(*workflow.find("name") == Value("mine"));
  CHECK(workflow.contains("version"));
  workflow.remove("name");
  workflow.remove("version");
  return to_json(workflow);
}

const std::vector<TemplateArgument> without_verify{{.name = "verify", .text = "false"}};

}  // namespace

TEST_CASE("a whole text becomes the value with its type, an embedded one its text form") {
  CHECK(made(R"(
  a: "{{keep}}"
  b: "{{names}}"
  c: "keep {{keep}} of {{names}} in {{folder}}"
  d: [{e: "{{verify}}"}]
  f: "\\{{keep}} ${keep} {{ }}"
  "{{folder}}": 1
)") == R"({"a":7,"b":["a","b"],"c":"keep 7 of [\"a\",\"b\"] in /data","d":[{"e":true}],)"
       R"("f":"{{keep}} ${keep} {{ }}","{{folder}}":1})");
}

TEST_CASE("what was put in is not searched again") {
  CHECK(made("  a: \"{{folder}} {{keep}}\"\n", {{.name = "folder", .text = "{{keep}}"}}) ==
        R"({"a":"{{keep}} 7"})");
}

TEST_CASE("version is that of the format, unless the template says otherwise") {
  const auto version = [](const std::string& spec) {
    const Template from = template_with_spec(spec);
    return instantiate(from, "x", *resolve_arguments(from, {})).find("version")->as_text();
  };
  CHECK(version("  nodes: []\n") == "1.0");
  CHECK(version("  version: \"1.2\"\n") == "1.2");
}

TEST_CASE("a node stays only if its include is true") {
  const std::string spec = R"(
  nodes:
    - {id: pack, run: tar}
    - {id: check, include: "{{verify}}", run: test}
)";
  CHECK(made(spec) == R"({"nodes":[{"id":"pack","run":"tar"},{"id":"check","run":"test"}]})");
  CHECK(made(spec, without_verify) == R"({"nodes":[{"id":"pack","run":"tar"}]})");
}

TEST_CASE("a boolean under condition means include, but for a node that decides by it") {
  CHECK(made(R"(
  nodes:
    - {id: a, condition: "{{verify}}", run: x}
    - {id: b, type: passthrough, condition: "{{verify}}"}
    - {id: c, type: condition, condition: "{{verify}}", then: d}
    - {id: d, condition: "{{verify}}", else: []}
)",
             without_verify) ==
        R"({"nodes":[{"id":"c","type":"condition","condition":false,"then":"d"},)"
        R"({"id":"d","condition":false,"else":[]}]})");
  CHECK(made("  nodes: [{id: a, condition: \"{{verify}}\", run: x}]\n") ==
        R"({"nodes":[{"id":"a","run":"x"}]})");
}

TEST_CASE("with a node go its edges and every mention of it") {
  CHECK(made(R"(
  nodes:
    - {id: gone, include: "{{verify}}", collection: 3, body: [{id: inner, run: x}]}
    - {id: a, run: x, needs: [gone, b]}
    - {id: b, run: x, needs: gone}
    - {id: c, run: x, on_error: {goto: gone}}
    - {id: d, run: x, on_error: {goto: a}}
    - {id: e, condition: x, then: [gone], else: [inner, a]}
    - {id: f, branches: [[gone], [gone, a], [{id: g, include: false, run: x}]]}
    - {id: h, branches: {one: gone, two: b}}
    - {id: i, while: x, body: [gone]}
    - {id: j, url: x, body: [gone]}
  edges: [{from: gone, to: a}, {from: a, to: b}, {from: b, to: inner}]
  on_exit: [gone]
)",
             without_verify) ==
        R"({"nodes":[{"id":"a","run":"x","needs":["b"]},{"id":"b","run":"x"},)"
        R"({"id":"c","run":"x"},{"id":"d","run":"x","on_error":{"goto":"a"}},)"
        R"({"id":"e","condition":"x","else":["a"]},{"id":"f","branches":[["a"]]},)"
        R"({"id":"h","branches":{"two":"b"}},{"id":"i","while":"x","body":[]},)"
        R"({"id":"j","url":"x","body":["gone"]}],"edges":[{"from":"a","to":"b"}],"on_exit":[]})");
}

TEST_CASE("keys under config belong to their node") {
  CHECK(made("  nodes: [{id: a, type: shell, config: {run: \"{{folder}}\", id: b}}]\n") ==
        R"({"nodes":[{"id":"a","type":"shell","run":"/data"}]})");
}
