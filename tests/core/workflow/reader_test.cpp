#include "core/workflow/reader.hpp"

#include "core/value/json.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace goflow::core;
using namespace std::chrono_literals;

namespace {

Workflow read(const std::string& text) {
  auto reading = read_workflow(text);
  for (const Diagnostic& diagnostic : reading.diagnostics) {
    INFO(render(diagnostic, "test.yaml", text));
    CHECK(diagnostic.severity == Severity::warning);
  }
  REQUIRE(reading.workflow.has_value());
  return *std::move(reading.workflow);
}

/// "a -> b", "q -true-> b", "a -failure-> r", in the order of their text.
std::vector<std::string> edges_of(const Workflow& workflow, const Graph& graph) {
  std::vector<std::string> edges;
  for (const Edge& edge : graph.edges) {
    const char* arrow = edge.route == Route::always       ? " -> "
                        : edge.route == Route::when_true  ? " -true-> "
                        : edge.route == Route::when_false ? " -false-> "
                                                          : " -failure-> ";
    edges.push_back(workflow.nodes[edge.from].id + arrow + workflow.nodes[edge.to].id);
  }
  std::sort(edges.begin(), edges.end());
  return edges;
}

std::vector<std::string> edges_of(const Workflow& workflow) {
  return edges_of(workflow, workflow.graph);
}

template <class Work>
const Work& work_of(const Workflow& workflow, const std::string& id) {
  for (const Node& node : workflow.nodes) {
    if (node.id == id) return std::get<Work>(node.work);
  }
  FAIL("no node ", id);
  throw std::out_of_range(id);
}

using Edges = std::vector<std::string>;

/// What the text of an `expression` is taken for.
std::string detected(const std::string& text) {
  const Workflow workflow = read("name: x\nvariables: [{name: xs, default: [1]}]\nnodes:\n" +
                                 ("  - {id: a, input: xs, expression: " + to_json(text) + "}\n"));
  const auto& program = work_of<TransformNode>(workflow, "a").program;
  if (std::holds_alternative<Placed<Expression>>(program)) return "expression";
  if (std::holds_alternative<Placed<TextTemplate>>(program)) return "template";
  if (const auto* path = std::get_if<Placed<JsonPath>>(&program)) return path->what.text();
  return "jq " + std::get<Placed<JqProgram>>(program).what.text();
}

}  // namespace

TEST_CASE("what a transform is, its text tells; the first sign counts") {
  CHECK(detected("jq(.a)") == "jq .a");
  CHECK(detected(" jq( .a | (.b) )\n") == "jq  .a | (.b) ");
  CHECK(detected("jq(\")\")") == "jq \")\"");
  CHECK(detected("jq(\"${xs} $.a [*]\")") == "jq \"${xs} $.a [*]\"");
  CHECK(detected("$") == "$");
  CHECK(detected("$.a") == "$.a");
  CHECK(detected("$[0]") == "$[0]");
  CHECK(detected("$..name") == "$..name");
  CHECK(detected("$.a[?@.b == '${xs}']") == "$.a[?@.b == '${xs}']");
  CHECK(detected("${xs}") == "template");
  CHECK(detected("a ${xs} $.b") == "template");
  CHECK(detected("'${xs}'") == "template");
  CHECK(detected("xs[*] ${xs}") == "template");
  CHECK(detected("xs[*].a") == "$.xs[*].a");
  CHECK(detected("xs[?@ > 1]") == "$.xs[?@ > 1]");
  CHECK(detected("[*]") == "$[*]");
  CHECK(detected("'[*]' + \"[?\" + `[*]`") == "expression");
  CHECK(detected("'it\\'s [*]'") == "expression");
  CHECK(detected("1..3") == "expression");
  CHECK(detected("xs") == "expression");
  CHECK(detected("'$'") == "expression");
}

TEST_CASE("what only looks like jq or JSONPath is an expression, and a broken one") {
  const auto first = [](const std::string& text) {
    const auto reading =
        read_workflow("name: x\nnodes: [{id: a, input: a, expression: " + to_json(text) + "}]\n");
    return reading.diagnostics.empty() ? "" : reading.diagnostics[0].message;
  };
  CHECK(first("jq(.a) + 1") == "expression of node 'a': unknown function 'jq'");
  CHECK(first("jq(.a) | string(1)") == "expression of node 'a': unknown function 'jq'");
  CHECK(first("$x") == "expression of node 'a': unexpected '$'");
  CHECK(first("$ .x") == "expression of node 'a': unexpected '$'");
}

TEST_CASE("version 1 is written in many ways, everything else is another version") {
  const auto rule = [](const std::string& version) {
    const auto reading =
        read_workflow("name: x\nversion: " + version + "\nnodes: [{id: a, run: ls}]\n");
    return reading.diagnostics.empty() ? 0 : reading.diagnostics[0].rule;
  };
  for (const char* version :
       {"1", "1.0", "1.17", "1.x", "v1", "v1.0.0", "1.x.x", "1.2.x", "1.0.30", "\"1.0\""}) {
    CHECK_MESSAGE(rule(version) == 0, version);
  }
  for (const char* version : {"2",
                              "0.9",
                              "1.",
                              "1.y",
                              "1.2.3.4",
                              "1.2.",
                              "v",
                              "vv1",
                              "V1",
                              "01",
                              "11",
                              "x",
                              "1.0-beta",
                              "\" 1.0\"",
                              "\"\""}) {
    CHECK_MESSAGE(rule(version) == 8, version);
  }
}

TEST_CASE("without edges, nodes follow each other as they are written") {
  const Workflow workflow = read(R"(
name: A list
nodes:
  - {id: a, run: echo a}
  - {id: b, expression: a}
  - {id: c, run: echo c}
)");
  CHECK(workflow.id == "a-list");
  CHECK(edges_of(workflow) == Edges{"a -> b", "b -> c"});
  CHECK(workflow.graph.nodes == std::vector<NodeIndex>{0, 1, 2});
}

TEST_CASE("one 'needs' makes a graph: the others start at once") {
  const Workflow workflow = read(R"(
name: graph
nodes:
  - {id: a, run: echo a}
  - {id: b, run: echo b}
  - {id: c, run: echo c, needs: [b, a]}
)");
  CHECK(edges_of(workflow) == Edges{"a -> c", "b -> c"});
}

TEST_CASE("arms and goto targets run where they are named") {
  const Workflow workflow = read(R"(
name: release
nodes:
  - {id: test, run: make test}
  - id: tagged
    condition: test contains "release"
    then: [publish, {id: announce, run: ./announce.sh}]
  - {id: tidy, run: make clean, on_error: {goto: report}}
  - {id: publish, run: make publish}
  - {id: report, run: ./report.sh}
  - {id: done, run: echo done}
)");
  CHECK(edges_of(workflow) == Edges{"announce -> tidy",
                                    "publish -> announce",
                                    "report -> done",
                                    "tagged -false-> tidy",
                                    "tagged -true-> publish",
                                    "test -> tagged",
                                    "tidy -> done",
                                    "tidy -failure-> report"});
}

TEST_CASE("an arm that ends leaves only the other way to go on") {
  const Workflow workflow = read(R"(
name: guard
nodes:
  - {id: q, condition: 1 > 2, then: {id: stop, type: end, return: stopped}}
  - {id: go, run: echo go}
  - {id: done, type: end}
)");
  CHECK(edges_of(workflow) == Edges{"go -> done", "q -false-> go", "q -true-> stop"});
  CHECK(workflow.has_end_nodes);
}

TEST_CASE("labelled edges of a condition keep their labels") {
  const Workflow workflow = read(R"(
name: gate
nodes:
  - {id: begin, type: start}
  - {id: q, condition: 1 > 2}
  - {id: a, run: ls}
  - {id: done, type: end}
edges:
  - {from: begin, to: q}
  - {from: q, to: a, condition: true}
  - {from: q, to: done, condition: "false"}
  - {from: a, to: done}
)");
  CHECK(edges_of(workflow) == Edges{"a -> done", "begin -> q", "q -false-> done", "q -true-> a"});
}

TEST_CASE("bodies have graphs of their own, and a last node for their value") {
  const Workflow workflow = read(R"(
name: owners
nodes:
  - {id: worker, run: ls}
  - id: each
    collection: 3
    body: [worker, {id: size, expr: item, on_error: {goto: rescue}}, {id: sum, expr: "1"}, {id: rescue, run: ls}]
  - id: fan
    branches: {left: {id: l, run: ls}, right: [{id: r, run: ls}]}
)");
  const auto& loop = work_of<LoopNode>(workflow, "each");
  CHECK(edges_of(workflow) == Edges{"each -> fan"});
  CHECK(edges_of(workflow, loop.body) ==
        Edges{"rescue -> sum", "size -> sum", "size -failure-> rescue", "worker -> size"});
  CHECK(workflow.nodes[*loop.body.last].id == "sum");
  CHECK(std::get<std::int64_t>(*loop.collection) == 3);
  const auto& fan = work_of<ParallelNode>(workflow, "fan");
  CHECK(fan.named);
  CHECK(fan.branches[1].name == "right");
  CHECK(workflow.nodes[*fan.branches[1].graph.last].id == "r");
}

TEST_CASE("the keys of a shell node become what will be run") {
  const Workflow workflow = read(R"(
name: shell
variables: [{name: dir, default: /tmp}]
nodes:
  - id: a
    run: |
      echo "$x"
    shell: bash
    cwd: ${dir}
    env: {LEVEL: 3, GONE: null}
    parse: lines
    timeout: 1m30s
    retry: {max_attempts: 3, backoff: linear, initial_delay: 500ms, on: [timeout, "exit:75"], on_resume: never}
  - {id: b, command: [ls, -l, "${dir}"], on_error: continue}
)");
  const auto& script = work_of<ShellNode>(workflow, "a");
  CHECK(script.script == "echo \"$x\"\n");
  CHECK(script.shell == std::vector<std::string>{"bash", "-e", "-o", "pipefail"});
  CHECK(script.cwd->what.text() == "${dir}");
  CHECK(script.cwd->at.line == 9);
  CHECK(script.env[0].value->what.text() == "3");
  CHECK_FALSE(script.env[1].value.has_value());
  CHECK(script.parse == OutputParse::lines);
  CHECK(workflow.nodes[0].timeout == 90s);
  CHECK(workflow.nodes[0].retry->max_attempts == 3);
  CHECK(workflow.nodes[0].retry->initial_delay == 500ms);
  CHECK(workflow.nodes[0].retry->on == std::vector<std::string>{"timeout", "exit:75"});
  CHECK_FALSE(workflow.nodes[0].retry->rerun_on_resume);
  CHECK(work_of<ShellNode>(workflow, "b").command.size() == 3);
  CHECK(workflow.nodes[1].on_error == OnError::keep_going);
}

TEST_CASE("a shell node's value is used when something can read it") {
  const Workflow workflow = read(R"(
name: values
nodes:
  - {id: unread, run: ls}
  - {id: named, run: ls}
  - {id: kept, run: ls, output: x}
  - {id: by-path, run: ls}
  - {id: parsed, run: ls, parse: json}
  - {id: each, collection: 2, body: [{id: inner, run: ls}, {id: value, run: ls}]}
  - {id: show, expr: "named + goflow.nodes['by-path'].value"}
  - {id: last, run: ls}
)");
  CHECK_FALSE(work_of<ShellNode>(workflow, "unread").value_is_used);
  CHECK(work_of<ShellNode>(workflow, "named").value_is_used);
  CHECK(work_of<ShellNode>(workflow, "kept").value_is_used);
  CHECK(work_of<ShellNode>(workflow, "by-path").value_is_used);
  CHECK(work_of<ShellNode>(workflow, "parsed").value_is_used);
  CHECK_FALSE(work_of<ShellNode>(workflow, "inner").value_is_used);
  CHECK(work_of<ShellNode>(workflow, "value").value_is_used);
  CHECK_FALSE(work_of<ShellNode>(workflow, "last").value_is_used);
}

TEST_CASE("scalars follow YAML 1.2: yes is text, quoted numbers are text, 0o17 is a number") {
  const Workflow workflow = read(R"(
name: 1.0
version: 1.0
variables:
  - {name: a, default: yes}
  - {name: b, default: "1"}
  - {name: c, default: 0o17}
  - {name: d, default: 0x1F}
  - {name: e, default: 017}
  - {name: f, default: 2026-01-19}
  - {name: g, default: [1.5, TRUE, ~]}
  - {name: h, default: !!str 5}
nodes: [{id: x, run: ls}]
)");
  const auto value = [&](std::size_t i) { return *workflow.variables[i].default_value; };
  CHECK(workflow.name == "1.0");
  CHECK(workflow.version == "1.0");
  CHECK(value(0) == Value("yes"));
  CHECK(value(1) == Value("1"));
  CHECK(value(2) == Value(15));
  CHECK(value(3) == Value(31));
  CHECK(value(4) == Value(17));
  CHECK(value(5) == Value("2026-01-19"));
  CHECK(value(6) == Value(Array{1.5, true, nullptr}));
  CHECK(value(7) == Value("5"));
}

TEST_CASE("merged maps give what the own keys do not say") {
  const Workflow workflow = read(R"(
name: merge
variables:
  - &base {name: a, type: number, default: 1}
  - {name: b, <<: *base}
  - {<<: [{default: 3}, *base], name: c}
nodes: [{id: x, run: ls}]
)");
  CHECK(workflow.variables[1].name == "b");
  CHECK(workflow.variables[1].default_value == Value(1));
  CHECK(workflow.variables[2].default_value == Value(3));
  CHECK(workflow.variables[2].type == VariableType::number);
}

TEST_CASE("a byte order mark and Windows line ends change nothing") {
  const std::string text = "\xEF\xBB\xBFname: dos\r\nnodes:\r\n  - {id: a, rnu: ls}\r\n";
  const auto reading = read_workflow(text);
  REQUIRE(reading.diagnostics.size() == 1);
  CHECK(reading.diagnostics[0].at.line == 3);
  CHECK(reading.diagnostics[0].at.column == 5);
  CHECK(read("\xEF\xBB\xBFname: dos\r\nnodes:\r\n  - {id: a, run: ls}\r\n").id == "dos");
}

TEST_CASE("more than a file may hold is refused with the limit, quickly") {
  const auto first = [](const std::string& text) {
    return read_workflow(text).diagnostics.at(0).message;
  };
  CHECK(first(std::string(9U << 20U, ' ')) ==
        "the file has 9437184 bytes, at most 8388608 are allowed");
  CHECK(first("a: " + std::string(1'000'000, '[')).find("levels deep") != std::string::npos);
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 20; ++i) {
    const std::string alias = ", *a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [x" + alias + alias + alias +
            alias + alias + alias + "]\n";
  }
  CHECK(first(bomb).find("at most 1000000 are allowed") != std::string::npos);
}

TEST_CASE("a chain of two thousand nodes is read") {
  std::string text = "name: long\nnodes:\n  - {id: n0, expr: \"1\", output: x}\n";
  for (int i = 1; i < 2'000; ++i) {
    const std::string before = "n" + std::to_string(i - 1);
    text += "  - {id: n" + std::to_string(i) + ", expr: x, output: x, needs: " + before + "}\n";
  }
  CHECK(read(text).graph.edges.size() == 1'999);
}

TEST_CASE("the credentials of a file are told by every way in which it can name one") {
  const std::string text =
      "name: x\n"
      "credentials: [listed, {name: described, required: false}]\n"
      "servers: [{id: shop, command: shop, credential_ref: of-server}]\n"
      "nodes:\n"
      "  - {id: a, run: x, env: {A: '${secret(\"in-env\")}', B: 'Bearer ${secret(\"in-env\")}'}}\n"
      "  - {id: b, url: http://x, auth: {credential: of-auth}}\n";
  CHECK(read_credential_names(text) ==
        std::vector<std::string>{"described", "in-env", "listed", "of-auth", "of-server"});
}

TEST_CASE("of a file with mistakes, or of none, the credentials are those that can be read") {
  CHECK(read_credential_names("name: x\nnodes: [{id: a, run: x, env: {A: "
                              "'${secret(\"found\")}'}, nothing: [}]")
            .empty());
  CHECK(read_credential_names(
            "nodes: [{id: a, run: x, needs: nowhere, env: {A: '${secret(\"found\")}'}}]") ==
        std::vector<std::string>{"found"});
  CHECK(read_credential_names("- just a list").empty());
  CHECK(read_credential_names("").empty());
}
