#include "engine/interpreter/graph_plan.hpp"

#include <unordered_map>

namespace goflow::engine {

GraphPlan::GraphPlan(const core::Graph& graph) : last(graph.last) {
  std::unordered_map<core::NodeIndex, std::size_t> places;
  stops.reserve(graph.nodes.size());
  for (const core::NodeIndex node : graph.nodes) {
    places.emplace(node, stops.size());
    stops.push_back({.node = node, .entries = 0, .exits = {}});
  }
  for (const core::Edge& edge : graph.edges) {
    const std::size_t to = places.at(edge.to);
    stops[places.at(edge.from)].exits.push_back({.to = to, .route = edge.route});
    ++stops[to].entries;
  }
}

}  // namespace goflow::engine
