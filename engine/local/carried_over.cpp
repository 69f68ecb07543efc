#include "engine/local/carried_over.hpp"

#include "core/base/suggest.hpp"
#include "core/base/ulid.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

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

/// "each" of "each[3]/parse", and of "each@2[3]/parse": in its second attempt.
std::string_view top_of(std::string_view path) {
  return path.substr(0, path.find_first_of("/[@"));
}

/// Its failure, if there was one, was handled.
bool has_ended_well(const NodeExecution& node, const core::Node& declared) {
  if (node.status == NodeStatus::failed) return declared.on_error != core::OnError::fail;
  return node.status == NodeStatus::completed || node.status == NodeStatus::skipped;
}

/// The paths of those to be taken over. Handlers are not among them: they belong to the end, which
/// is yet to come.
std::set<std::string_view> settled_before(NodeIndex from,
                                          const core::Workflow& workflow,
                                          const std::vector<NodeExecution>& nodes) {
  std::map<std::string_view, const core::Node*> declared;
  for (const NodeIndex index : workflow.graph.nodes) {
    declared.emplace(workflow.nodes[index].id, &workflow.nodes[index]);
  }
  const std::set<std::string> again = downstream_of(from, workflow);
  std::set<std::string_view> settled;
  for (const NodeExecution& node : nodes) {
    const auto top = declared.find(node.path);
    if (top == declared.end() || again.contains(node.path)) continue;
    if (has_ended_well(node, *top->second)) settled.insert(node.path);
  }
  return settled;
}

}  // namespace

Result<CarriedOver> carried_over(const core::Workflow& workflow,
                                 const std::string& from,
                                 const std::vector<NodeExecution>& nodes,
                                 const std::vector<core::NodeAttempt>& attempts,
                                 const std::string& execution_id,
                                 core::Timestamp now) {
  GOFLOW_TRY(const NodeIndex index, find_node(workflow, from));
  const std::set<std::string_view> settled = settled_before(index, workflow, nodes);
  CarriedOver taken;
  for (const NodeExecution& node : nodes) {
    if (!settled.contains(top_of(node.path))) continue;
    NodeExecution& copy = taken.nodes.emplace_back(node);
    copy.copied_from = node.id;
    copy.id = core::new_node_execution_id(now);
    copy.execution_id = execution_id;
  }
  // The order in which they ended, by which they will be remembered.
  std::sort(taken.nodes.begin(), taken.nodes.end(), [](const auto& a, const auto& b) {
    return a.change_seq < b.change_seq;
  });
  for (const core::NodeAttempt& attempt : attempts) {
    if (settled.contains(top_of(attempt.path))) taken.attempts.push_back(attempt);
  }
  return taken;
}

}  // namespace goflow::engine
