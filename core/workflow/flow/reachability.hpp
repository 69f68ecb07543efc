// Questions about graphs: what leads where, and does anything lead back to itself.
#pragma once

#include "core/workflow/workflow.hpp"

#include <cstddef>
#include <vector>

namespace goflow::core {

/// The successors of every node, over any number of graphs.
class Successors {
 public:
  /// `nodes`: of the whole workflow.
  explicit Successors(std::size_t nodes) : next_(nodes) {}

  void add(const std::vector<Edge>& edges);
  [[nodiscard]] Successors reversed() const;

  [[nodiscard]] std::size_t size() const { return next_.size(); }
  [[nodiscard]] const std::vector<NodeIndex>& of(NodeIndex node) const { return next_[node]; }
  /// Per node: whether it can be reached from one of these; they themselves are.
  [[nodiscard]] std::vector<bool> reachable_from(std::vector<NodeIndex> first) const;

 private:
  std::vector<std::vector<NodeIndex>> next_;
};

/// One circle for each group of nodes that lead back to each other, beginning with its first node
/// of the file.
std::vector<std::vector<NodeIndex>> find_circles(const Successors& successors);

}  // namespace goflow::core
