#include "core/diagram/mermaid.hpp"

#include "core/diagram/indented_text.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <string_view>

namespace goflow::core {
namespace {

/// Mermaid reads entities in a quoted text, and ends it at a quote.
std::string quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char character : text) {
    switch (character) {
      case '"':
        quoted += "#quot;";
        break;
      case '#':
        quoted += "#35;";
        break;
      case '<':
        quoted += "#lt;";
        break;
      case '>':
        quoted += "#gt;";
        break;
      default:
        quoted += character;
    }
  }
  return quoted + '"';
}

class MermaidText {
 public:
  explicit MermaidText(const DiagramScope& diagram) {
    lines_.line(0, "flowchart TD");
    add(diagram, 1);
  }

  [[nodiscard]] const std::string& text() const { return lines_.text(); }

 private:
  void add(const DiagramScope& scope, std::size_t depth) {
    for (const DiagramNode& node : scope.nodes) {
      if (node.scopes.empty()) {
        add_node(node, depth);
      } else {
        add_group(node, depth);
      }
    }
    for (const DiagramEdge& edge : scope.edges) {
      const std::string label = edge.label.empty() ? "" : "|" + quoted(edge.label) + "|";
      lines_.line(depth,
                  fmt::format("{} -->{} {}",
                              name_of(scope.nodes[edge.from]),
                              label,
                              name_of(scope.nodes[edge.to])));
    }
  }

  void add_node(const DiagramNode& node, std::size_t depth) {
    const std::string label = quoted(node.id + " (" + node.type + ")");
    if (node.type == "condition") {
      lines_.line(depth, fmt::format("{}{{{}}}", name_of(node), label));
    } else {
      lines_.line(depth, fmt::format("{}[{}]", name_of(node), label));
    }
  }

  void add_group(const DiagramNode& node, std::size_t depth) {
    lines_.line(
        depth,
        fmt::format("subgraph {}[{}]", name_of(node), quoted(node.id + " (" + node.type + ")")));
    for (const DiagramScope& scope : node.scopes) {
      if (scope.title.empty()) {
        add(scope, depth + 1);
        continue;
      }
      lines_.line(depth + 1,
                  fmt::format("subgraph branch_{}[{}]", ++branches_, quoted(scope.title)));
      add(scope, depth + 2);
      lines_.line(depth + 1, "end");
    }
    lines_.line(depth, "end");
  }

  // With something in front: a node called 'end' would end the chart.
  static std::string name_of(const DiagramNode& node) { return "node_" + node.id; }

  IndentedText lines_;
  int branches_ = 0;
};

}  // namespace

std::string mermaid_of(const DiagramScope& diagram) {
  return MermaidText(diagram).text();
}

}  // namespace goflow::core
