#include "core/workflow/draft.hpp"

namespace goflow::core {

std::string_view to_string(NodeType type) {
  switch (type) {
    case NodeType::unknown:
      break;
    case NodeType::start:
      return "start";
    case NodeType::end:
      return "end";
    case NodeType::passthrough:
      return "passthrough";
    case NodeType::condition:
      return "condition";
    case NodeType::transform:
      return "transform";
    case NodeType::parallel:
      return "parallel";
    case NodeType::loop:
      return "loop";
    case NodeType::wait:
      return "wait";
    case NodeType::shell:
      return "shell";
    case NodeType::http:
      return "http";
    case NodeType::mcp_tool:
      return "mcp_tool";
    case NodeType::workflow:
      return "workflow";
    case NodeType::signal:
      return "signal";
  }
  return "";
}

std::string called(const NodeDraft& node) {
  const std::string type(to_string(node.type));
  return (type.empty() ? "" : type + " ") + "node '" + node.node.id + "'";
}

}  // namespace goflow::core
