#include "core/workflow/flow/graph_builder.hpp"

#include <algorithm>
#include <string>

namespace goflow::core {
namespace {

// More than any file spells out; a few nodes that share their goto targets could ask for millions.
constexpr std::size_t most_edges = 1'000'000;

}  // namespace

void GraphBuilder::add(Edge edge, Span at) {
  if (is_full()) return;
  const NodeDraft& from = draft_.nodes[edge.from];
  const NodeDraft& to = draft_.nodes[edge.to];
  if (edge.from == edge.to) {
    problems_.add(Rule::edge_to_itself, at, "edge from node '" + from.node.id + "' to itself");
    return;
  }
  if (to.type == NodeType::start) {
    problems_.add(Rule::edge_at_the_ends, at, "an edge leads into start node '" + to.node.id + "'");
    return;
  }
  if (from.type == NodeType::end) {
    problems_.add(
        Rule::edge_at_the_ends, at, "an edge leads out of end node '" + from.node.id + "'");
    return;
  }
  if (!pairs_.emplace(edge.from, edge.to).second) {
    problems_.add(Rule::duplicate_edge,
                  at,
                  "duplicate edge from " + from.node.id + " to " + to.node.id,
                  "edges, 'needs', 'then', 'else' and 'goto' all count");
    return;
  }
  edges_.push_back(edge);
  if (!is_full()) return;
  problems_.add(Rule::node_count, at, "the order of the nodes takes more than 1000000 edges");
}

bool GraphBuilder::is_full() const {
  return edges_.size() >= most_edges;
}

void GraphBuilder::add_edges_of(NodeIndex node) {
  const Mentions& mentions = scopes_.mentions[node];
  if (mentions.then_arm) add_arm(node, *mentions.then_arm, Route::when_true);
  if (mentions.else_arm) add_arm(node, *mentions.else_arm, Route::when_false);
  const auto target = mentions.goto_target;
  if (target && scopes_.scope_of[*target] == scopes_.scope_of[node]) {
    add({node, *target, Route::on_failure}, draft_.nodes[node].goto_target->at);
  }
}

void GraphBuilder::add_arm(NodeIndex condition, const std::vector<NodeIndex>& arm, Route route) {
  const std::vector<NodeIndex> order = chain(arm);
  if (order.empty()) return;
  const NodeDraft& draft = draft_.nodes[condition];
  const auto& written = route == Route::when_true ? draft.then_arm : draft.else_arm;
  add({condition, order.front(), route}, written->at);
}

std::vector<NodeIndex> GraphBuilder::chain(const std::vector<NodeIndex>& sequence) {
  std::vector<NodeIndex> order = in_order(sequence);
  for (std::size_t i = 1; i < order.size() && !is_full(); ++i) {
    for (const Exit& exit : exits_of(order[i - 1])) {
      add({exit.node, order[i], exit.route}, draft_.nodes[order[i]].id_at);
    }
  }
  return order;
}

/// Nodes named by `then`, `else` or `goto` run where they are named.
std::vector<NodeIndex> GraphBuilder::in_order(const std::vector<NodeIndex>& sequence) const {
  std::set<NodeIndex> named;
  for (const NodeIndex node : sequence) {
    collect_named(node, named);
  }
  std::vector<NodeIndex> order;
  std::copy_if(sequence.begin(), sequence.end(), std::back_inserter(order), [&](NodeIndex node) {
    return named.count(node) == 0;
  });
  return order;
}

void GraphBuilder::collect_named(NodeIndex node, std::set<NodeIndex>& named) const {
  const Mentions& mentions = scopes_.mentions[node];
  if (mentions.goto_target) named.insert(*mentions.goto_target);
  for (const auto* arm : {&mentions.then_arm, &mentions.else_arm}) {
    if (!*arm) continue;
    for (const NodeIndex member : **arm) {
      if (named.insert(member).second) collect_named(member, named);
    }
  }
}

std::vector<GraphBuilder::Exit> GraphBuilder::exits_of(NodeIndex node) const {
  std::vector<Exit> exits;
  std::set<NodeIndex> seen;
  collect_exits(node, exits, seen);
  return exits;
}

void GraphBuilder::collect_exits(NodeIndex node,
                                 std::vector<Exit>& exits,
                                 std::set<NodeIndex>& seen) const {
  if (!seen.insert(node).second) return;
  const Mentions& mentions = scopes_.mentions[node];
  const auto collect_arm = [&](const std::optional<std::vector<NodeIndex>>& arm, Route route) {
    const std::vector<NodeIndex> order = arm ? in_order(*arm) : std::vector<NodeIndex>();
    if (!arm) exits.push_back({node, route});
    if (!order.empty()) collect_exits(order.back(), exits, seen);
  };
  if (mentions.then_arm || mentions.else_arm) {
    collect_arm(mentions.then_arm, Route::when_true);
    collect_arm(mentions.else_arm, Route::when_false);
  } else if (draft_.nodes[node].type != NodeType::end &&
             draft_.nodes[node].type != NodeType::condition) {
    exits.push_back({node, Route::always});
  }
  if (mentions.goto_target) collect_exits(*mentions.goto_target, exits, seen);
}

}  // namespace goflow::core
