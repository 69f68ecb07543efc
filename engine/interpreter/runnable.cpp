#include "engine/interpreter/runnable.hpp"

#include <algorithm>
#include <string>
#include <variant>

namespace goflow::engine {
namespace {

core::Error unreachable(const core::Node& node, const std::string& what) {
  return {core::ErrorCode::invalid_workflow,
          "this version of goflow " + what + ", which node '" + node.id + "' needs"};
}

core::Result<void> check_server(const core::Workflow& workflow,
                                const core::Node& node,
                                const std::string& id) {
  const auto server = std::find_if(workflow.servers.begin(),
                                   workflow.servers.end(),
                                   [&](const core::Server& one) { return one.id == id; });
  if (server == workflow.servers.end()) {
    return unreachable(node, "has no registry with server '" + id + "'");
  }
  if (server->transport != core::Transport::stdio) {
    return unreachable(node, "cannot reach MCP servers by an address yet");
  }
  return {};
}

}  // namespace

core::Result<void> check_runnable(const core::Workflow& workflow) {
  for (const core::Node& node : workflow.nodes) {
    const auto* tool = std::get_if<core::McpToolNode>(&node.work);
    if (tool != nullptr) GOFLOW_TRY(check_server(workflow, node, tool->server));
  }
  return {};
}

}  // namespace goflow::engine
