#include "cli/io/timeline_rows.hpp"

#include "cli/io/run_path.hpp"
#include "cli/io/width.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <unordered_map>

namespace goflow::cli {
namespace {

using core::NodeExecution;

constexpr std::size_t most_rounds = 5;

core::Timestamp began(const NodeExecution& node) {
  return node.started_at.value_or(node.created_at);
}

bool needs_a_look(const NodeExecution& node) {
  return node.status != core::NodeStatus::completed && node.status != core::NodeStatus::skipped;
}

/// Puts the recorded nodes under those that enclose them, in the order in which they began.
class Rows {
 public:
  explicit Rows(const TimelineRequest& request) : request_(request) {
    std::vector<const NodeExecution*> nodes;
    for (const NodeExecution& node : request.nodes) {
      by_path_[node.path] = &node;
      nodes.push_back(&node);
    }
    std::stable_sort(nodes.begin(), nodes.end(), [](const auto* a, const auto* b) {
      return began(*a) < began(*b);
    });
    for (const NodeExecution* node : nodes) {
      below_[enclosing_node(node->path)].push_back(node);
    }
  }

  std::vector<TimelineRow> take() {
    add_below("", 0);
    for (const std::string& id : request_.planned) {
      if (!by_path_.contains(id)) rows_.push_back(TimelineRow{id});
    }
    return std::move(rows_);
  }

 private:
  /// The path of the nearest enclosing node that has a record.
  std::string enclosing_node(std::string_view path) const {
    do {
      path = enclosing_path(path);
    } while (!path.empty() && !by_path_.contains(std::string(path)));
    return std::string(path);
  }

  void add_below(const std::string& owner, std::size_t depth) {
    const auto below = below_.find(owner);
    if (below == below_.end()) return;
    const std::vector<const NodeExecution*> shown =
        folds(owner) ? fold(below->second) : below->second;
    for (const NodeExecution* node : shown) {
      std::string_view step = std::string_view(node->path).substr(owner.size());
      if (step.starts_with('/')) step.remove_prefix(1);
      rows_.push_back(TimelineRow{std::string(2 * depth, ' ') + one_line(step), node});
      add_below(node->path, depth + 1);
    }
    if (shown.size() == below->second.size()) return;
    const std::size_t hidden = count_rounds(below->second) - count_rounds(shown);
    rows_.push_back(TimelineRow{.label = std::string(2 * depth, ' ') + std::to_string(hidden) +
                                         (shown.empty() ? " rounds" : " more rounds"),
                                .counts_rounds = true});
  }

  bool folds(const std::string& owner) const {
    const auto node = by_path_.find(owner);
    return request_.rounds == Rounds::folded && node != by_path_.end() &&
           node->second->node_type == "loop" && count_rounds(below_.at(owner)) > most_rounds;
  }

  /// Only the rounds in which something did not end well, and of those not too many.
  static std::vector<const NodeExecution*> fold(const std::vector<const NodeExecution*>& nodes) {
    std::set<std::string, std::less<>> rounds;
    for (const NodeExecution* node : nodes) {
      if (rounds.size() < most_rounds && needs_a_look(*node)) rounds.insert(round_of(*node));
    }
    std::vector<const NodeExecution*> kept;
    std::copy_if(nodes.begin(), nodes.end(), std::back_inserter(kept), [&](const auto* node) {
      return rounds.contains(round_of(*node));
    });
    return kept;
  }

  static std::string round_of(const NodeExecution& node) {
    return std::string(enclosing_path(node.path));
  }

  static std::size_t count_rounds(const std::vector<const NodeExecution*>& nodes) {
    std::set<std::string, std::less<>> rounds;
    for (const NodeExecution* node : nodes) {
      rounds.insert(round_of(*node));
    }
    return rounds.size();
  }

  const TimelineRequest& request_;
  std::unordered_map<std::string, const NodeExecution*> by_path_;
  std::unordered_map<std::string, std::vector<const NodeExecution*>> below_;
  std::vector<TimelineRow> rows_;
};

}  // namespace

std::vector<TimelineRow> timeline_rows(const TimelineRequest& request) {
  return Rows(request).take();
}

}  // namespace goflow::cli
