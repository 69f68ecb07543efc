// Puts the edges of one scope together; no pair of nodes is linked twice.
#pragma once

#include "core/workflow/draft.hpp"
#include "core/workflow/flow/scopes.hpp"
#include "core/workflow/problems.hpp"

#include <set>
#include <utility>
#include <vector>

namespace goflow::core {

class GraphBuilder {
 public:
  GraphBuilder(const Draft& draft, const Scopes& scopes, Problems& problems)
      : draft_(draft), scopes_(scopes), problems_(problems) {}

  /// `at`: where the edge is written. Reports V44, V45 and V46.
  void add(Edge edge, Span at);
  /// A node's own edges: those to its arms, the order within them, and its goto.
  void add_edges_of(NodeIndex node);
  /// Links the nodes of a sequence in their order; gives back those that take part in it.
  std::vector<NodeIndex> chain(const std::vector<NodeIndex>& sequence);

  [[nodiscard]] std::vector<Edge> take() { return std::move(edges_); }

 private:
  [[nodiscard]] bool is_full() const;

  struct Exit {
    NodeIndex node;
    Route route;
  };

  [[nodiscard]] std::vector<NodeIndex> in_order(const std::vector<NodeIndex>& sequence) const;
  void collect_named(NodeIndex node, std::set<NodeIndex>& named) const;
  [[nodiscard]] std::vector<Exit> exits_of(NodeIndex node) const;
  void collect_exits(NodeIndex node, std::vector<Exit>& exits, std::set<NodeIndex>& seen) const;
  void add_arm(NodeIndex condition, const std::vector<NodeIndex>& arm, Route route);

  const Draft& draft_;
  const Scopes& scopes_;
  Problems& problems_;
  std::vector<Edge> edges_;
  std::set<std::pair<NodeIndex, NodeIndex>> pairs_;
};

}  // namespace goflow::core
