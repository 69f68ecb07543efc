#include "core/workflow/named_templates.hpp"
#include "core/workflow/nodes/node_reading.hpp"

#include <array>
#include <utility>

namespace goflow::core {
namespace {

constexpr std::array<std::pair<std::string_view, ToolParse>, 4> parses{{
    {"auto", ToolParse::by_content},
    {"text", ToolParse::text},
    {"json", ToolParse::json},
    {"raw", ToolParse::raw},
}};

}  // namespace

const Keys& mcp_tool_keys() {
  static const Keys keys{
      {"server", forms::text(), "id of a server, of the file or the registry", {}, true},
      {"tool", forms::text(), "which of its tools", {}, true},
      {"parameters", named_values_form(), "what the tool is given; types are kept"},
      {"parse", forms::word(parses), "what becomes of the result; auto"},
  };
  return keys;
}

std::optional<NodeWork> read_mcp_tool(NodeReading& reading) {
  McpToolNode node;
  node.server = reading.fields.text("server").value_or("");
  node.tool = reading.fields.text("tool").value_or("");
  node.parameters = read_named_values(
      reading.fields, "parameters", reading.compiler, reading.place("parameters"));
  node.parse =
      reading.fields.word("parse", Words<ToolParse>(parses)).value_or(ToolParse::by_content);
  return node;
}

}  // namespace goflow::core
