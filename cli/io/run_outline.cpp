#include "cli/io/run_outline.hpp"

#include <algorithm>
#include <variant>

namespace goflow::cli {
namespace {

bool does_work(const core::Node& node) {
  return !std::holds_alternative<core::StartNode>(node.work) &&
         !std::holds_alternative<core::EndNode>(node.work);
}

PlannedNode planned(const core::Node& node) {
  return {node.id, node.name == node.id ? std::string() : node.name};
}

}  // namespace

RunOutline outline_of(const core::Workflow& workflow, const std::string& execution_id) {
  RunOutline outline{.title = workflow.id, .id = short_id(execution_id), .nodes = {}};
  std::vector<bool> is_top(workflow.nodes.size(), false);
  for (const core::NodeIndex index : workflow.graph.nodes) {
    is_top[index] = true;
    if (does_work(workflow.nodes[index])) outline.nodes.push_back(planned(workflow.nodes[index]));
  }
  for (core::NodeIndex index = 0; index < workflow.nodes.size(); ++index) {
    if (!is_top[index]) outline.nested.push_back(planned(workflow.nodes[index]));
  }
  return outline;
}

bool is_scaffolding(std::string_view node_type) {
  return node_type == "start" || node_type == "end";
}

std::string short_id(const std::string& id) {
  constexpr std::size_t length = 8;
  return id.substr(id.size() - std::min(id.size(), length));
}

}  // namespace goflow::cli
