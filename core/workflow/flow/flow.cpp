#include "core/workflow/flow/flow.hpp"

#include "core/workflow/flow/links.hpp"
#include "core/workflow/flow/reachability.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace goflow::core {
namespace {

std::vector<NodeIndex> nodes_of_type(const Draft& draft, NodeType type) {
  std::vector<NodeIndex> found;
  for (NodeIndex node = 0; node < draft.nodes.size(); ++node) {
    if (draft.nodes[node].type == type) found.push_back(node);
  }
  return found;
}

/// The rules about whole graphs.
class FlowRules {
 public:
  FlowRules(const Draft& draft, const Flow& flow, Problems& problems)
      : draft_(draft),
        flow_(flow),
        problems_(problems),
        starts_(nodes_of_type(draft, NodeType::start)),
        ends_(nodes_of_type(draft, NodeType::end)),
        successors_(draft.nodes.size()) {
    for (const Graph& graph : flow.graphs) {
      successors_.add(graph.edges);
    }
  }

  void check_ends() {
    if (starts_.size() > 1 || (starts_.empty() && draft_.has_edges && !ends_.empty())) {
      report(Rule::start_nodes,
             starts_.empty() ? ends_.front() : starts_[1],
             "workflow must have exactly one start node (found " + std::to_string(starts_.size()) +
                 ")");
    }
    if (!starts_.empty() && ends_.empty()) {
      report(Rule::no_end_node,
             starts_.front(),
             "workflow must have at least one end node",
             "a start node asks for one: {id: done, type: end}");
    }
    if (draft_.return_at && !ends_.empty()) {
      problems_.add(Rule::two_returns,
                    *draft_.return_at,
                    "the workflow has both 'return' and end node '" + id_of(ends_.front()) + "'",
                    "write 'return' on the end node");
    }
  }

  void check_circles() {
    for (const auto& circle : find_circles(successors_)) {
      std::string chain;
      for (const NodeIndex node : circle) {
        chain += id_of(node) + " -> ";
      }
      report(Rule::circular_dependency,
             circle.front(),
             "circular dependency: " + chain + id_of(circle.front()));
    }
  }

  void check_ways() {
    if (!starts_.empty() && !draft_.has_edges && !has_needs()) {
      report(Rule::only_start_runs,
             starts_.front(),
             "there is a start node, but no edges and no 'needs': only the start node runs",
             "remove the start node, or say what follows it");
      return;
    }
    if (starts_.empty() && is_graph_form(draft_)) check_loose_nodes();
    const auto reached = successors_.reachable_from(first_nodes());
    check_reachable(reached);
    check_dead_ends(reached);
  }

 private:
  [[nodiscard]] const std::string& id_of(NodeIndex node) const {
    return draft_.nodes[node].node.id;
  }

  void report(Rule rule, NodeIndex node, std::string message, std::string hint = {}) {
    problems_.add(rule, draft_.nodes[node].id_at, std::move(message), std::move(hint));
  }

  [[nodiscard]] bool has_needs() const {
    return std::any_of(draft_.nodes.begin(), draft_.nodes.end(), [](const NodeDraft& node) {
      return !node.needs.empty();
    });
  }

  /// The nodes at which scopes begin: start nodes, the first nodes of sequences, and in a graph
  /// without a start node all that nothing leads to.
  [[nodiscard]] std::vector<NodeIndex> first_nodes() const {
    std::vector<bool> has_incoming(draft_.nodes.size(), false);
    for (const Graph& graph : flow_.graphs) {
      for (const Edge& edge : graph.edges) {
        has_incoming[edge.to] = true;
      }
    }
    std::vector<NodeIndex> first = starts_;
    for (ScopeIndex scope = 0; scope < flow_.graphs.size(); ++scope) {
      if (scope == top_level && !starts_.empty()) continue;
      const bool only_one = scope != top_level || !is_graph_form(draft_);
      for (const NodeIndex node : flow_.scopes.scopes[scope].sequence) {
        if (has_incoming[node]) continue;
        first.push_back(node);
        if (only_one) break;
      }
    }
    return first;
  }

  [[nodiscard]] bool reaches_end(const std::vector<bool>& reached) const {
    return std::any_of(ends_.begin(), ends_.end(), [&](NodeIndex end) { return reached[end]; });
  }

  void check_reachable(const std::vector<bool>& reached) {
    if (!ends_.empty() && !reaches_end(reached)) {
      report(Rule::unreachable_end, ends_.front(), "no end node can be reached");
    }
    for (NodeIndex node = 0; node < draft_.nodes.size(); ++node) {
      if (reached[node]) continue;
      const bool from_start = !starts_.empty() && !flow_.scopes.is_owned(node);
      report(Rule::orphaned_node,
             node,
             std::string("orphaned node (not reachable from ") +
                 (from_start ? "start" : "the first node") + "): '" + id_of(node) + "'");
    }
  }

  void check_dead_ends(const std::vector<bool>& reached) {
    if (!reaches_end(reached)) return;
    const auto leads_on = successors_.reversed().reachable_from(ends_);
    for (const NodeIndex node : flow_.graphs[top_level].nodes) {
      if (leads_on[node] || !reached[node]) continue;
      report(Rule::dead_end, node, "no end node can be reached from node '" + id_of(node) + "'");
    }
  }

  void check_loose_nodes() {
    const Successors before = successors_.reversed();
    for (const NodeIndex node : flow_.graphs[top_level].nodes) {
      if (!successors_.of(node).empty() || !before.of(node).empty()) continue;
      report(Rule::loose_node,
             node,
             "node '" + id_of(node) + "' has no edge and starts at once",
             "where nodes have 'needs' or edges, written order means nothing");
    }
  }

  const Draft& draft_;
  const Flow& flow_;
  Problems& problems_;
  std::vector<NodeIndex> starts_;
  std::vector<NodeIndex> ends_;
  Successors successors_;
};

void place_bodies(Node& node, const std::vector<ScopeIndex>& bodies, std::vector<Graph>& graphs) {
  if (auto* loop = std::get_if<LoopNode>(&node.work)) {
    loop->body = std::move(graphs[bodies.front()]);
  } else if (auto* parallel = std::get_if<ParallelNode>(&node.work)) {
    for (std::size_t i = 0; i < bodies.size(); ++i) {
      parallel->branches[i].graph = std::move(graphs[bodies[i]]);
    }
  }
}

}  // namespace

Flow read_flow(const Draft& draft, Problems& problems) {
  const std::size_t errors_before = problems.error_count();
  Flow flow;
  flow.scopes = read_scopes(draft, problems);
  flow.graphs = link(draft, flow.scopes, problems);
  FlowRules rules(draft, flow, problems);
  rules.check_ends();
  rules.check_circles();
  // What follows from a broken order would only hide what broke it.
  if (problems.error_count() == errors_before) rules.check_ways();
  return flow;
}

Workflow assemble(Draft draft, Flow flow) {
  Workflow workflow = std::move(draft.workflow);
  workflow.graph = std::move(flow.graphs[top_level]);
  for (ScopeIndex scope = 0; scope < flow.graphs.size(); ++scope) {
    const auto handler = flow.scopes.scopes[scope].handler;
    if (handler) workflow.handlers.emplace_back(*handler, std::move(flow.graphs[scope]));
  }
  workflow.nodes.reserve(draft.nodes.size());
  for (NodeIndex index = 0; index < draft.nodes.size(); ++index) {
    NodeDraft& node = draft.nodes[index];
    place_bodies(node.node, flow.scopes.mentions[index].bodies, flow.graphs);
    workflow.has_end_nodes = workflow.has_end_nodes || node.type == NodeType::end;
    workflow.nodes.push_back(std::move(node.node));
  }
  return workflow;
}

}  // namespace goflow::core
