#include "engine/interpreter/runnable.hpp"

#include <variant>

namespace goflow::engine {
namespace {

core::Error no_client_for(const core::Node& node) {
  return {core::ErrorCode::invalid_workflow,
          "this version of goflow has no MCP client yet, which node '" + node.id + "' needs"};
}

}  // namespace

core::Result<void> check_runnable(const core::Workflow& workflow) {
  for (const core::Node& node : workflow.nodes) {
    if (std::holds_alternative<core::McpToolNode>(node.work)) return no_client_for(node);
  }
  return {};
}

}  // namespace goflow::engine
