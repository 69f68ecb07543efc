#include "core/workflow/names/timing.hpp"

#include <algorithm>

namespace goflow::core {

Timing::Timing(const Flow& flow)
    : flow_(flow),
      nodes_(flow.scopes.scope_of.size()),
      edges_(nodes_),
      words_((nodes_ + 63) / 64),
      reached_(nodes_ * words_) {
  for (const Graph& graph : flow.graphs) {
    for (const Edge& edge : graph.edges) {
      edges_[edge.from].push_back(edge);
    }
  }
  for (NodeIndex node = 0; node < nodes_; ++node) {
    top_.push_back(owners_of(node).front());
  }
  close();
  find_decisions();
}

/// Successors first, so that each row is complete when it is added to another.
void Timing::close() {
  std::vector<std::size_t> unfinished(nodes_);
  std::vector<std::vector<NodeIndex>> before(nodes_);
  std::vector<NodeIndex> finished;
  for (NodeIndex node = 0; node < nodes_; ++node) {
    unfinished[node] = edges_[node].size();
    if (unfinished[node] == 0) finished.push_back(node);
    for (const Edge& edge : edges_[node]) {
      before[edge.to].push_back(node);
    }
  }
  while (!finished.empty()) {
    const NodeIndex node = finished.back();
    finished.pop_back();
    for (const NodeIndex previous : before[node]) {
      for (std::size_t word = 0; word < words_; ++word) {
        reached_[previous * words_ + word] |= reached_[node * words_ + word];
      }
      reached_[previous * words_ + node / 64] |= std::uint64_t{1} << (node % 64);
      if (--unfinished[previous] == 0) finished.push_back(previous);
    }
  }
}

/// Conditions, and nodes whose failure goes another way.
void Timing::find_decisions() {
  for (NodeIndex node = 0; node < nodes_; ++node) {
    const auto leaves_by = [&](Route route) {
      return std::any_of(edges_[node].begin(), edges_[node].end(), [route](const Edge& edge) {
        return edge.route == route;
      });
    };
    if (leaves_by(Route::when_true) && leaves_by(Route::when_false)) {
      decisions_.push_back({node, {Route::when_true, Route::when_false}});
    }
    if (leaves_by(Route::always) && leaves_by(Route::on_failure)) {
      decisions_.push_back({node, {Route::always, Route::on_failure}});
    }
  }
}

bool Timing::precedes(NodeIndex first, NodeIndex second) const {
  if (phase_of(first) != phase_of(second)) return phase_of(first) < phase_of(second);
  const auto [a, b] = in_common_scope(first, second);
  return a != b && leads_to(a, b);
}

bool Timing::may_run_together(NodeIndex first, NodeIndex second) {
  if (steps_left_ == 0) return false;
  --steps_left_;
  if (flow_.scopes.scope_of[first] != flow_.scopes.scope_of[second]) return false;
  if (first == second || leads_to(first, second) || leads_to(second, first)) return false;
  return !is_separated(first, second);
}

bool Timing::leads_to(NodeIndex first, NodeIndex second) const {
  return ((reached_[first * words_ + second / 64] >> (second % 64)) & 1U) != 0;
}

bool Timing::is_separated(NodeIndex first, NodeIndex second) {
  for (std::size_t i = 0; i < decisions_.size(); ++i) {
    const auto& [node, routes] = decisions_[i];
    if (!leads_to(node, first) || !leads_to(node, second)) continue;
    if (steps_left_ == 0) return true;
    --steps_left_;
    auto found = separations_.find(i);
    if (found == separations_.end()) {
      steps_left_ -= std::min(steps_left_, 2 * nodes_);
      Separation separation{only_by(node, routes.first), only_by(node, routes.second)};
      found = separations_.emplace(i, std::move(separation)).first;
    }
    const Separation& ways = found->second;
    const bool are_apart =
        (ways.one[first] && ways.other[second]) || (ways.one[second] && ways.other[first]);
    if (are_apart) return true;
  }
  return false;
}

/// What is cut off when the edges of this route are taken away.
std::vector<bool> Timing::only_by(NodeIndex decision, Route route) const {
  std::vector<bool> is_entry(nodes_, true);
  for (const auto& edges : edges_) {
    for (const Edge& edge : edges) {
      is_entry[edge.to] = false;
    }
  }
  std::vector<NodeIndex> waiting;
  for (NodeIndex node = 0; node < nodes_; ++node) {
    if (is_entry[node]) waiting.push_back(node);
  }
  std::vector<bool> cut_off(nodes_, true);
  while (!waiting.empty()) {
    const NodeIndex node = waiting.back();
    waiting.pop_back();
    if (!cut_off[node]) continue;
    cut_off[node] = false;
    for (const Edge& edge : edges_[node]) {
      if (node != decision || edge.route != route) waiting.push_back(edge.to);
    }
  }
  return cut_off;
}

std::pair<NodeIndex, NodeIndex> Timing::in_common_scope(NodeIndex first, NodeIndex second) const {
  const auto& scope_of = flow_.scopes.scope_of;
  if (scope_of[first] == scope_of[second]) return {first, second};
  const std::vector<NodeIndex> a = owners_of(first);
  const std::vector<NodeIndex> b = owners_of(second);
  std::size_t depth = 0;
  while (depth + 1 < std::min(a.size(), b.size()) &&
         scope_of[a[depth + 1]] == scope_of[b[depth + 1]]) {
    ++depth;
  }
  return {a[depth], b[depth]};
}

std::optional<NodeIndex> Timing::owner_of(NodeIndex node) const {
  return flow_.scopes.scopes[flow_.scopes.scope_of[node]].owner;
}

/// The nodes of the run itself, then one of the two first handlers, then the last.
int Timing::phase_of(NodeIndex node) const {
  const auto handler = flow_.scopes.scopes[flow_.scopes.scope_of[top_[node]]].handler;
  if (!handler) return 0;
  return *handler == Handler::on_exit ? 2 : 1;
}

/// From the top level down to the node itself.
std::vector<NodeIndex> Timing::owners_of(NodeIndex node) const {
  std::vector<NodeIndex> owners{node};
  for (auto owner = owner_of(node); owner; owner = owner_of(*owner)) {
    owners.push_back(*owner);
  }
  std::reverse(owners.begin(), owners.end());
  return owners;
}

}  // namespace goflow::core
