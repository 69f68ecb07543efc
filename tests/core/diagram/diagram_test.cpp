#include "core/diagram/diagram.hpp"

#include "core/diagram/dot.hpp"
#include "core/diagram/json.hpp"
#include "core/diagram/mermaid.hpp"
#include "core/diagram/svg.hpp"
#include "core/value/json.hpp"
#include "core/workflow/reader.hpp"

#include <doctest/doctest.h>

using namespace goflow::core;

namespace {

DiagramScope read(const std::string& nodes) {
  const WorkflowReading reading = read_workflow("name: Sample\nnodes:\n" + nodes);
  REQUIRE(reading.workflow);
  return diagram_of(*reading.workflow);
}

DiagramScope choice() {
  return read(
      "  - {id: check, condition: 1 < 2, then: {id: yes, run: 'true'}}\n"
      "  - {id: fan, branches: {left: {id: l, run: 'true'}, right: {id: r, run: 'true'}}}\n"
      "  - {id: end, type: end}\n");
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a diagram has the nodes of each scope, and words on the arrows of a condition") {
  const DiagramScope diagram = choice();
  CHECK(diagram.title == "Sample");
  REQUIRE(diagram.nodes.size() == 4);
  CHECK(diagram.nodes[2].id == "fan");
  REQUIRE(diagram.nodes[2].scopes.size() == 2);
  CHECK(diagram.nodes[2].scopes[0].title == "left");
  CHECK(diagram.edges[0].label == "true");
}

TEST_CASE("a goto edge says that it is for errors") {
  const DiagramScope diagram = read(
      "  - {id: a, run: 'true', on_error: {goto: c}}\n  - {id: b, run: 'true'}\n"
      "  - {id: c, run: 'true'}\n");
  bool found = false;
  for (const DiagramEdge& edge : diagram.edges) {
    found = found || (edge.label == "on error" && diagram.nodes[edge.to].id == "c");
  }
  CHECK(found);
}

TEST_CASE("programs get nodes with what they lie within, and edges between ids") {
  const std::string json = to_json(diagram_record(choice()));
  CHECK(has(json, R"({"id":"l","type":"shell","name":"","parent":"fan","branch":"left"})"));
  CHECK(has(json, R"({"from":"check","to":"yes","label":"true"})"));
}

TEST_CASE("Graphviz gets clusters, and arrows that end at their borders") {
  const std::string dot = dot_of(choice());
  CHECK(has(dot, "digraph \"Sample\" {\n"));
  CHECK(has(dot, R"("check" [label="check\ncondition"];)"));
  CHECK(has(dot, R"(subgraph "cluster_fan" {)"));
  CHECK(has(dot, R"("fan" -> "end" [ltail="cluster_fan"];)"));
}

TEST_CASE("a node of a Mermaid chart may be called 'end'") {
  const std::string mermaid = mermaid_of(choice());
  CHECK(mermaid.rfind("flowchart TD\n", 0) == 0);
  CHECK(has(mermaid, R"--(node_end["end (end)"])--"));
  CHECK(has(mermaid, R"(node_check -->|"true"| node_yes)"));
  CHECK(has(mermaid, R"(subgraph branch_2["right"])"));
}

TEST_CASE("special characters of a name do not break a picture") {
  DiagramScope diagram{"<a & \"b\">", {{"one", "shell", "", {}}}, {}};
  CHECK(has(svg_of(diagram), "<title>&lt;a &amp; &quot;b&quot;&gt;</title>"));
  CHECK(has(dot_of(diagram), R"(digraph "<a & \"b\">" {)"));
}
