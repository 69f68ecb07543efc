// What can run before what, and what at the same time.
#pragma once

#include "core/workflow/flow/flow.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace goflow::core {

/// Answers only for a flow without errors: it must be free of circles.
class Timing {
 public:
  explicit Timing(const Flow& flow);

  /// Whether the edges of their common scope lead from one node, or what holds it, to the other;
  /// handlers come after all that they handle.
  [[nodiscard]] bool precedes(NodeIndex first, NodeIndex second) const;
  /// Neither leads to the other, and no decision separates them. For nodes that no other holds.
  [[nodiscard]] bool may_run_together(NodeIndex first, NodeIndex second);

  /// The nodes of their deepest common scope that are, or hold, the two. They are the same when
  /// one holds the other, and when they are in different branches of one node.
  [[nodiscard]] std::pair<NodeIndex, NodeIndex> in_common_scope(NodeIndex first,
                                                                NodeIndex second) const;
  /// The node at the top level that is or holds this one.
  [[nodiscard]] NodeIndex at_top_level(NodeIndex node) const { return top_[node]; }
  [[nodiscard]] std::optional<NodeIndex> owner_of(NodeIndex node) const;

 private:
  /// The nodes that only one way out of a decision leads to, for both of its ways.
  struct Separation {
    std::vector<bool> one;
    std::vector<bool> other;
  };

  void close();
  void find_decisions();
  [[nodiscard]] std::vector<NodeIndex> owners_of(NodeIndex node) const;
  [[nodiscard]] int phase_of(NodeIndex node) const;
  [[nodiscard]] bool leads_to(NodeIndex first, NodeIndex second) const;
  [[nodiscard]] bool is_separated(NodeIndex first, NodeIndex second);
  [[nodiscard]] std::vector<bool> only_by(NodeIndex decision, Route route) const;

  const Flow& flow_;
  std::size_t nodes_;
  std::vector<NodeIndex> top_;            // per node: itself, or what holds it there
  std::vector<std::vector<Edge>> edges_;  // per node: those that leave it
  std::size_t words_;                     // of a row of `reached_`
  std::vector<std::uint64_t> reached_;    // a row of bits per node: all that it leads to
  std::vector<std::pair<NodeIndex, std::pair<Route, Route>>> decisions_;
  std::unordered_map<std::size_t, Separation> separations_;  // by index of the decision
  // Comparing is quadratic: past this many steps nodes count as separated, and nothing is reported.
  std::size_t steps_left_ = 20'000'000;
};

}  // namespace goflow::core
