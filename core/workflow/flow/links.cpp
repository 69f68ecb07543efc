#include "core/workflow/flow/links.hpp"

#include "core/workflow/flow/graph_builder.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace goflow::core {
namespace {

class Linker {
 public:
  Linker(const Draft& draft, const Scopes& scopes, Problems& problems)
      : draft_(draft), scopes_(scopes), problems_(problems), labelled_(draft.nodes.size()) {}

  std::vector<Graph> link() {
    std::vector<Graph> graphs(scopes_.scopes.size());
    for (NodeIndex node = 0; node < draft_.nodes.size(); ++node) {
      graphs[scopes_.scope_of[node]].nodes.push_back(node);
      check_goto(node);
    }
    for (ScopeIndex scope = 0; scope < graphs.size(); ++scope) {
      link_scope(scope, graphs[scope]);
    }
    for (NodeIndex node = 0; node < draft_.nodes.size(); ++node) {
      if (draft_.nodes[node].type == NodeType::condition) check_condition(node);
    }
    return graphs;
  }

 private:
  void link_scope(ScopeIndex scope, Graph& graph) {
    GraphBuilder builder(draft_, scopes_, problems_);
    if (scope == top_level) {
      add_written_edges(builder);
      add_needs(builder);
    }
    for (const NodeIndex node : graph.nodes) {
      builder.add_edges_of(node);
    }
    if (scope != top_level || !is_graph_form(draft_)) {
      const auto order = builder.chain(scopes_.scopes[scope].sequence);
      const bool has_value = scopes_.scopes[scope].owner.has_value();
      if (has_value && !order.empty()) graph.last = order.back();
    }
    graph.edges = builder.take();
  }

  void add_written_edges(GraphBuilder& builder) {
    for (const EdgeDraft& edge : draft_.edges) {
      const auto from = end_of_edge(edge.from);
      const auto to = end_of_edge(edge.to);
      if (!from || !to || is_ignored(*from, *to, edge.at)) continue;
      builder.add({*from, *to, route_of(edge, *from)}, edge.at);
    }
  }

  std::optional<NodeIndex> end_of_edge(const NodeReference& reference) {
    const auto node = find_node(draft_, reference);
    if (!node) {
      problems_.add(Rule::edge_to_nowhere,
                    reference.at,
                    "edge references invalid node '" + reference.id + "'",
                    suggest_node(draft_, reference, problems_));
    }
    return node;
  }

  bool is_ignored(NodeIndex from, NodeIndex to, Span at) {
    for (const NodeIndex node : {from, to}) {
      if (!scopes_.is_owned(node)) continue;
      problems_.add(Rule::ignored_edge,
                    at,
                    "this edge is ignored: node '" + draft_.nodes[node].node.id + "' is owned by " +
                        owner_of(scopes_.scopes[scopes_.scope_of[node]], draft_));
      return true;
    }
    return false;
  }

  Route route_of(const EdgeDraft& edge, NodeIndex from) {
    const NodeDraft& node = draft_.nodes[from];
    if (node.type == NodeType::condition) return label_of(edge, from);
    if (edge.condition && node.type != NodeType::unknown) {
      problems_.add(Rule::ignored_edge_condition,
                    edge.condition_at,
                    "'condition' on an edge of " + called(node) + " is ignored",
                    "write 'when' on node '" + edge.to.id + "'");
    }
    return Route::always;
  }

  Route label_of(const EdgeDraft& edge, NodeIndex from) {
    const std::string label = edge.condition.value_or("");
    const bool is_true = label == "true";
    ++labelled_[from].edges;
    if (!is_true && label != "false") {
      problems_.add(Rule::bad_edge_label,
                    edge.condition_at,
                    "an edge of condition node '" + edge.from.id +
                        "' must have 'condition: \"true\"' or 'condition: \"false\"'");
      return Route::when_false;
    }
    int& same = is_true ? labelled_[from].when_true : labelled_[from].when_false;
    if (++same == 2) {
      problems_.add(Rule::bad_edge_label,
                    edge.condition_at,
                    "condition node '" + edge.from.id + "' has two edges for '" + label + "'");
    }
    return is_true ? Route::when_true : Route::when_false;
  }

  void add_needs(GraphBuilder& builder) {
    for (NodeIndex node = 0; node < draft_.nodes.size(); ++node) {
      const NodeDraft& draft = draft_.nodes[node];
      if (draft.needs.empty() || refuses_needs(node)) continue;
      for (const NodeReference& need : draft.needs) {
        add_need(builder, need, node);
      }
    }
  }

  bool refuses_needs(NodeIndex node) {
    const NodeDraft& draft = draft_.nodes[node];
    if (!draft.is_inline && !scopes_.is_owned(node)) return false;
    problems_.add(Rule::bad_owner,
                  draft.needs.front().at,
                  called(draft) + " cannot have 'needs': what it stands in says when it runs");
    return true;
  }

  void add_need(GraphBuilder& builder, const NodeReference& need, NodeIndex node) {
    const auto from = find_node(draft_, need);
    if (!from) {
      problems_.add(
          Rule::no_such_node,
          need.at,
          "node '" + draft_.nodes[node].node.id + "' needs '" + need.id + "', which is not a node",
          suggest_node(draft_, need, problems_));
    } else if (draft_.nodes[*from].type == NodeType::condition) {
      problems_.add(Rule::two_ways_of_branching,
                    need.at,
                    "node '" + draft_.nodes[node].node.id + "' needs condition node '" + need.id +
                        "', whose edges must say true or false",
                    "name it in 'then' or 'else' of '" + need.id + "'");
    } else if (!is_ignored(*from, node, need.at)) {
      builder.add({*from, node, Route::always}, need.at);
    }
  }

  void check_goto(NodeIndex node) {
    const auto target = scopes_.mentions[node].goto_target;
    if (!target || *target == node) return;
    const ScopeIndex scope = scopes_.scope_of[node];
    const std::string move = "goto from node '" + draft_.nodes[node].node.id + "' to '" +
                             draft_.nodes[*target].node.id + "' ";
    const Span at = draft_.nodes[node].goto_target->at;
    if (scopes_.scope_of[*target] != scope) {
      problems_.add(Rule::bad_goto, at, move + "leaves its scope");
    } else if ((scope != top_level || !is_graph_form(draft_)) && !is_later(scope, node, *target)) {
      problems_.add(Rule::bad_goto, at, move + "points backwards", "use 'retry' or a loop");
    }
  }

  [[nodiscard]] bool is_later(ScopeIndex scope, NodeIndex node, NodeIndex target) const {
    const auto& sequence = scopes_.scopes[scope].sequence;
    const auto first = std::find(sequence.begin(), sequence.end(), node);
    const auto second = std::find(sequence.begin(), sequence.end(), target);
    if (first == sequence.end() || second == sequence.end()) return target > node;
    return first < second;
  }

  void check_condition(NodeIndex node) {
    const NodeDraft& draft = draft_.nodes[node];
    const bool has_arms = draft.then_arm || draft.else_arm;
    const Labels& labels = labelled_[node];
    if (has_arms && labels.edges > 0) {
      problems_.add(Rule::two_ways_of_branching,
                    draft.id_at,
                    called(draft) + " has both labelled edges and 'then' or 'else'",
                    "keep one of them");
    } else if (!has_arms && (!draft_.has_edges || scopes_.is_owned(node))) {
      problems_.add(Rule::condition_edges,
                    draft.id_at,
                    called(draft) + " has neither 'then' nor 'else'",
                    "name what runs: then: [x]");
    } else if (!has_arms && labels.edges != 2) {
      problems_.add(Rule::condition_edges,
                    draft.id_at,
                    called(draft) + " must have exactly 2 outgoing edges (found " +
                        std::to_string(labels.edges) + ")",
                    "one with condition \"true\", one with \"false\"; or write 'then' and 'else'");
    }
  }

  struct Labels {
    int edges = 0;
    int when_true = 0;
    int when_false = 0;
  };

  const Draft& draft_;
  const Scopes& scopes_;
  Problems& problems_;
  std::vector<Labels> labelled_;
};

}  // namespace

bool is_graph_form(const Draft& draft) {
  return draft.has_edges ||
         std::any_of(draft.nodes.begin(), draft.nodes.end(), [](const NodeDraft& node) {
           return !node.needs.empty() || node.type == NodeType::start;
         });
}

std::vector<Graph> link(const Draft& draft, const Scopes& scopes, Problems& problems) {
  return Linker(draft, scopes, problems).link();
}

}  // namespace goflow::core
