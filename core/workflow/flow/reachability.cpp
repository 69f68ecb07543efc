#include "core/workflow/flow/reachability.hpp"

#include <algorithm>
#include <cstdint>

namespace goflow::core {
namespace {

enum class Visit : std::uint8_t { unseen, on_path, done };

/// Depth first, with a path of its own: a chain may be thousands of nodes long.
class CircleFinder {
 public:
  explicit CircleFinder(const Successors& successors)
      : successors_(successors),
        visits_(successors.size(), Visit::unseen),
        in_circles_(successors.size(), false) {
    path_.reserve(successors.size());
  }

  void visit(NodeIndex first) {
    if (visits_[first] != Visit::unseen) return;
    enter(first);
    while (!path_.empty()) {
      Step& step = path_.back();
      const auto& next = successors_.of(step.node);
      if (step.next == next.size()) {
        visits_[step.node] = Visit::done;
        path_.pop_back();
        continue;
      }
      const NodeIndex node = next[step.next++];
      if (visits_[node] == Visit::on_path) report(node);
      if (visits_[node] == Visit::unseen) enter(node);
    }
  }

  std::vector<std::vector<NodeIndex>> circles;

 private:
  struct Step {
    NodeIndex node;
    std::size_t next;
  };

  void enter(NodeIndex node) {
    visits_[node] = Visit::on_path;
    path_.push_back({node, 0});
  }

  void report(NodeIndex first) {
    std::vector<NodeIndex> circle;
    for (auto step = path_.rbegin(); step != path_.rend(); ++step) {
      circle.push_back(step->node);
      if (step->node == first) break;
    }
    std::reverse(circle.begin(), circle.end());
    const bool is_known = std::any_of(
        circle.begin(), circle.end(), [this](NodeIndex node) { return in_circles_[node]; });
    if (is_known) return;
    std::rotate(circle.begin(), std::min_element(circle.begin(), circle.end()), circle.end());
    for (const NodeIndex node : circle) {
      in_circles_[node] = true;
    }
    circles.push_back(std::move(circle));
  }

  const Successors& successors_;
  std::vector<Visit> visits_;
  std::vector<Step> path_;
  std::vector<bool> in_circles_;
};

}  // namespace

void Successors::add(const std::vector<Edge>& edges) {
  for (const Edge& edge : edges) {
    next_[edge.from].push_back(edge.to);
  }
}

Successors Successors::reversed() const {
  Successors turned(next_.size());
  for (NodeIndex from = 0; from < next_.size(); ++from) {
    for (const NodeIndex to : next_[from]) {
      turned.next_[to].push_back(from);
    }
  }
  return turned;
}

std::vector<bool> Successors::reachable_from(std::vector<NodeIndex> waiting) const {
  std::vector<bool> reached(next_.size(), false);
  while (!waiting.empty()) {
    const NodeIndex node = waiting.back();
    waiting.pop_back();
    if (reached[node]) continue;
    reached[node] = true;
    waiting.insert(waiting.end(), next_[node].begin(), next_[node].end());
  }
  return reached;
}

std::vector<std::vector<NodeIndex>> find_circles(const Successors& successors) {
  CircleFinder finder(successors);
  for (NodeIndex node = 0; node < successors.size(); ++node) {
    finder.visit(node);
  }
  return std::move(finder.circles);
}

}  // namespace goflow::core
