#include "engine/local/carried_over.hpp"

#include "core/base/suggest.hpp"
#include "core/base/ulid.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace goflow::engine {
namespace {

using core::Error;
using core::ErrorCode;
using core::NodeExecution;
using core::NodeIndex;
using core::NodeStatus;
using core::Result;

Result<NodeIndex> find_node(const core::Workflow& workflow, const std::string& id) {
  std::vector<std::string> names;
  for (const NodeIndex index : workflow.graph.nodes) {
    if (workflow.nodes[index].id == id) return index;
    names.push_back(workflow.nodes[index].id);
  }
  const bool is_nested = std::any_of(workflow.nodes.begin(),
                                     workflow.nodes.end(),
                                     [&](const auto& node) { return node.id == id; });
  if (is_nested) {
    return Error{
        ErrorCode::invalid_argument,
        "node '" + id + "' is inside of another one: a rerun begins with a node of the top"}
        .with_hint("name the node that contains it");
  }
  return Error{ErrorCode::not_found, "workflow '" + workflow.id + "' has no node '" + id + "'"}
      .with_hint(core::did_you_mean(id, names));
}

/// With `from` itself.
std::set<std::string> downstream_of(NodeIndex from, const core::Workflow& workflow) {
  std::set<NodeIndex> reached{from};
  std::vector<NodeIndex> next{from};
  while (!next.empty()) {
    const NodeIndex node = next.back();
    next.pop_back();
    for (const core::Edge& edge : workflow.graph.edges) {
      if (edge.from == node && reached.insert(edge.to).second) next.push_back(edge.to);
    }
  }
  std::set<std::string> ids;
  for (const NodeIndex index : reached) {
    ids.insert(workflow.nodes[index].id);
  }
  return ids;
}

/// "each[3]/parse" → "each".
std::string top_of(const std::string& path) {
  return path.substr(0, path.find_first_of("/["));
}

bool has_ended_well(const NodeExecution& node, const core::Workflow& workflow) {
  if (node.status == NodeStatus::completed || node.status == NodeStatus::skipped) return true;
  if (node.status != NodeStatus::failed) return false;
  const auto found = std::find_if(workflow.nodes.begin(),
                                  workflow.nodes.end(),
                                  [&](const auto& known) { return known.id == node.node_id; });
  return found != workflow.nodes.end() && found->on_error != core::OnError::fail;
}

}  // namespace

Result<std::vector<NodeExecution>> carried_over(const core::Workflow& workflow,
                                                const std::string& from,
                                                const std::vector<NodeExecution>& nodes,
                                                const std::string& execution_id,
                                                core::Timestamp now) {
  GOFLOW_TRY(const NodeIndex index, find_node(workflow, from));
  const std::set<std::string> again = downstream_of(index, workflow);
  std::set<std::string> unfinished;
  std::set<std::string> of_top_level;
  for (const NodeIndex top : workflow.graph.nodes) {
    of_top_level.insert(workflow.nodes[top].id);
  }
  for (const NodeExecution& node : nodes) {
    if (!has_ended_well(node, workflow)) unfinished.insert(top_of(node.path));
  }
  std::vector<NodeExecution> taken;
  for (const NodeExecution& node : nodes) {
    const std::string top = top_of(node.path);
    // Handlers belong to the end, which is yet to come.
    if (again.contains(top) || unfinished.contains(top) || !of_top_level.contains(top)) continue;
    NodeExecution& copy = taken.emplace_back(node);
    copy.copied_from = node.id;
    copy.id = core::new_node_execution_id(now);
    copy.execution_id = execution_id;
  }
  // The order in which they ended, by which they will be remembered.
  std::sort(taken.begin(), taken.end(), [](const NodeExecution& a, const NodeExecution& b) {
    return a.change_seq < b.change_seq;
  });
  return taken;
}

}  // namespace goflow::engine
