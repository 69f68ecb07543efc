#include "core/diagram/dot.hpp"

#include "core/diagram/indented_text.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <string_view>

namespace goflow::core {
namespace {

std::string quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char character : text) {
    if (character == '"' || character == '\\') quoted += '\\';
    if (character == '\n') {
      quoted += "\\n";
    } else {
      quoted += character;
    }
  }
  return quoted + '"';
}

class DotText {
 public:
  explicit DotText(const DiagramScope& diagram) {
    lines_.line(0, fmt::format("digraph {} {{", quoted(diagram.title)));
    // compound: an arrow to a cluster ends at its border.
    lines_.line(1, "graph [compound=true, fontname=\"sans-serif\"];");
    lines_.line(1, "node [shape=box, style=rounded, fontname=\"sans-serif\"];");
    lines_.line(1, "edge [fontname=\"sans-serif\"];");
    add(diagram, 1);
    lines_.line(0, "}");
  }

  [[nodiscard]] const std::string& text() const { return lines_.text(); }

 private:
  void add(const DiagramScope& scope, std::size_t depth) {
    for (const DiagramNode& node : scope.nodes) {
      if (node.scopes.empty()) {
        lines_.line(
            depth,
            fmt::format("{} [label={}];", quoted(node.id), quoted(node.id + "\n" + node.type)));
      } else {
        add_cluster(node, depth);
      }
    }
    for (const DiagramEdge& edge : scope.edges) {
      add_edge(scope.nodes[edge.from], scope.nodes[edge.to], edge.label, depth);
    }
  }

  void add_cluster(const DiagramNode& node, std::size_t depth) {
    lines_.line(depth, fmt::format("subgraph {} {{", quoted(cluster_of(node))));
    lines_.line(depth + 1, fmt::format("label={};", quoted(node.id + "  " + node.type)));
    // Arrows need a node to lead to; they are cut off at the border.
    lines_.line(depth + 1, fmt::format("{} [style=invis, shape=point];", quoted(node.id)));
    for (const DiagramScope& scope : node.scopes) {
      if (scope.title.empty()) {
        add(scope, depth + 1);
        continue;
      }
      lines_.line(depth + 1,
                  fmt::format("subgraph {} {{", quoted(cluster_of(node) + "/" + scope.title)));
      lines_.line(depth + 2, fmt::format("label={}; style=dashed;", quoted(scope.title)));
      add(scope, depth + 2);
      lines_.line(depth + 1, "}");
    }
    lines_.line(depth, "}");
  }

  void add_edge(const DiagramNode& from,
                const DiagramNode& to,
                const std::string& label,
                std::size_t depth) {
    std::string attributes;
    const auto attribute = [&](std::string_view name, std::string_view value) {
      attributes += fmt::format("{}{}={}", attributes.empty() ? "" : ", ", name, quoted(value));
    };
    if (!from.scopes.empty()) attribute("ltail", cluster_of(from));
    if (!to.scopes.empty()) attribute("lhead", cluster_of(to));
    if (!label.empty()) attribute("label", label);
    const std::string tail = attributes.empty() ? "" : " [" + attributes + "]";
    lines_.line(depth, fmt::format("{} -> {}{};", quoted(from.id), quoted(to.id), tail));
  }

  // Graphviz draws a border round what is so called.
  static std::string cluster_of(const DiagramNode& node) { return "cluster_" + node.id; }

  IndentedText lines_;
};

}  // namespace

std::string dot_of(const DiagramScope& diagram) {
  return DotText(diagram).text();
}

}  // namespace goflow::core
