#include "core/diagram/json.hpp"

#include <utility>

namespace goflow::core {
namespace {

struct Records {
  Array nodes;
  Array edges;
};

void add_scope(Records& records,
               const DiagramScope& scope,
               const Value& parent,
               const Value& branch) {
  for (const DiagramNode& node : scope.nodes) {
    records.nodes.emplace_back(Object{{"id", node.id},
                                      {"type", node.type},
                                      {"name", node.name},
                                      {"parent", parent},
                                      {"branch", branch}});
    for (const DiagramScope& inner : node.scopes) {
      add_scope(records, inner, node.id, inner.title.empty() ? Value() : Value(inner.title));
    }
  }
  for (const DiagramEdge& edge : scope.edges) {
    records.edges.emplace_back(Object{{"from", scope.nodes[edge.from].id},
                                      {"to", scope.nodes[edge.to].id},
                                      {"label", edge.label}});
  }
}

}  // namespace

Object diagram_record(const DiagramScope& diagram) {
  Records records;
  add_scope(records, diagram, {}, {});
  return Object{{"name", diagram.title},
                {"nodes", std::move(records.nodes)},
                {"edges", std::move(records.edges)}};
}

}  // namespace goflow::core
