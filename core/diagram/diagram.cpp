#include "core/diagram/diagram.hpp"

#include <algorithm>
#include <map>
#include <utility>
#include <variant>

namespace goflow::core {
namespace {

std::string label_of(Route route) {
  switch (route) {
    case Route::always:
      return {};
    case Route::when_true:
      return "true";
    case Route::when_false:
      return "false";
    case Route::on_failure:
      return "on error";
  }
  return {};
}

DiagramScope scope_of(const Workflow& workflow, std::string title, const Graph& graph);

std::vector<DiagramScope> scopes_within(const Workflow& workflow, const NodeWork& work) {
  std::vector<DiagramScope> scopes;
  if (const auto* parallel = std::get_if<ParallelNode>(&work)) {
    for (const Branch& branch : parallel->branches) {
      scopes.push_back(scope_of(workflow, branch.name, branch.graph));
    }
  } else if (const auto* loop = std::get_if<LoopNode>(&work)) {
    scopes.push_back(scope_of(workflow, {}, loop->body));
  }
  return scopes;
}

/// Two conditions' arms may lead to the same node: the picture has one arrow for both.
void add_edge(std::vector<DiagramEdge>& edges, DiagramEdge edge) {
  const auto same_ends = [&](const DiagramEdge& known) {
    return known.from == edge.from && known.to == edge.to;
  };
  const auto known = std::find_if(edges.begin(), edges.end(), same_ends);
  if (known == edges.end()) {
    edges.push_back(std::move(edge));
  } else if (known->label != edge.label) {
    known->label += known->label.empty() || edge.label.empty() ? "" : ", ";
    known->label += edge.label;
  }
}

DiagramScope scope_of(const Workflow& workflow, std::string title, const Graph& graph) {
  DiagramScope scope{std::move(title), {}, {}};
  std::map<NodeIndex, std::size_t> places;
  for (const NodeIndex index : graph.nodes) {
    const Node& node = workflow.nodes[index];
    places.emplace(index, scope.nodes.size());
    scope.nodes.push_back({node.id,
                           std::string(type_name(node.work)),
                           node.name,
                           scopes_within(workflow, node.work)});
  }
  for (const Edge& edge : graph.edges) {
    add_edge(scope.edges, {places.at(edge.from), places.at(edge.to), label_of(edge.route)});
  }
  return scope;
}

}  // namespace

DiagramScope diagram_of(const Workflow& workflow) {
  return scope_of(workflow, workflow.name, workflow.graph);
}

}  // namespace goflow::core
