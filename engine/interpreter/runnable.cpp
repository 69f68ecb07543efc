#include "engine/interpreter/runnable.hpp"

#include <string>
#include <variant>

namespace goflow::engine {
namespace {

bool is_runnable(const core::NodeWork& work) {
  return !std::holds_alternative<core::McpToolNode>(work);
}

core::Error not_yet(const std::string& what) {
  return {core::ErrorCode::invalid_workflow, "this version of goflow cannot run " + what};
}

}  // namespace

core::Result<void> check_runnable(const core::Workflow& workflow) {
  for (const core::Node& node : workflow.nodes) {
    if (is_runnable(node.work)) continue;
    return not_yet(std::string(core::type_name(node.work)) + " nodes yet, as node '" + node.id +
                   "'");
  }
  return {};
}

}  // namespace goflow::engine
