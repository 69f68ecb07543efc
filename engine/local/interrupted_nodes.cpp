#include "engine/local/interrupted_nodes.hpp"

#include "engine/interpreter/retry.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <set>
#include <string_view>
#include <utility>
#include <variant>

namespace goflow::engine {
namespace {

/// Only what does work outside can have done half of it.
bool is_never_run_again(const core::Node& node) {
  return std::holds_alternative<core::ShellNode>(node.work) && node.retry &&
         !node.retry->rerun_on_resume;
}

/// At work, not between two attempts.
bool is_cut_off(const core::NodeExecution& node) {
  return node.status == core::NodeStatus::running && !node.wait;
}

core::NodeExecution decided(core::NodeExecution node,
                            AfterInterruption decision,
                            core::Timestamp now) {
  if (decision == AfterInterruption::skip) {
    node.status = core::NodeStatus::skipped;
    node.skip_reason = interrupted_type;
  } else {
    node.status = core::NodeStatus::failed;
    node.error = core::Failure{std::string(interrupted_type),
                               "goflow ended while the node was running",
                               node.node_id,
                               node.path};
  }
  node.completed_at = now;
  node.process.reset();
  return node;
}

}  // namespace

std::vector<core::NodeExecution> nodes_to_decide_on(const core::Workflow& workflow,
                                                    const std::vector<core::NodeExecution>& nodes) {
  std::set<std::string_view> never_again;
  for (const core::Node& node : workflow.nodes) {
    if (is_never_run_again(node)) never_again.insert(node.id);
  }
  std::vector<core::NodeExecution> undecided;
  std::copy_if(nodes.begin(), nodes.end(), std::back_inserter(undecided), [&](const auto& node) {
    return is_cut_off(node) && never_again.contains(node.node_id);
  });
  return undecided;
}

std::vector<core::NodeExecution> decided_nodes(const std::vector<core::NodeExecution>& nodes,
                                               const InterruptionDecisions& decisions,
                                               core::Timestamp now) {
  std::int64_t latest = 0;
  for (const core::NodeExecution& node : nodes) {
    latest = std::max(latest, node.change_seq);
  }
  std::vector<core::NodeExecution> all;
  for (const core::NodeExecution& node : nodes) {
    const auto found = decisions.find(node.path);
    if (found == decisions.end() || found->second == AfterInterruption::rerun) continue;
    all.push_back(decided(node, found->second, now));
    all.back().change_seq = ++latest;
  }
  return all;
}

}  // namespace goflow::engine
