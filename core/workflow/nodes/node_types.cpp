#include "core/workflow/nodes/node_types.hpp"

#include "core/workflow/nodes/retry.hpp"
#include "core/workflow/words.hpp"

#include <initializer_list>

namespace goflow::core {
namespace {

using Words = std::vector<std::string_view>;

const Keys& keys_of_some_nodes() {
  static const Keys keys{
      {"output", forms::text_like(variable_pattern), "the variable that receives the value"},
      {"retry", forms::object(retry_keys), "how failures are tried again"},
      {"timeout", forms::duration(), "how long one attempt may take"},
      {"on_error",
       forms::either({forms::one_of({"fail", "continue"}), forms::object(goto_keys)}),
       "what happens when it has failed: fail, continue or {goto: node}"},
  };
  return keys;
}

// Of nodes that do work which can be tried again.
const Words of_work{"output", "retry", "timeout", "on_error"};

Keys all_keys(const Words& of_some_nodes, const Keys& own) {
  Keys keys = common_node_keys();
  for (const std::string_view word : of_some_nodes) {
    keys.push_back(*find_key(keys_of_some_nodes(), word));
  }
  keys.insert(keys.end(), own.begin(), own.end());
  return keys;
}

std::vector<NodeTypeFacts> make_table() {
  return {
      {"start", NodeType::start, read_start, "where the run begins", {}, all_keys({}, {})},
      {"end",
       NodeType::end,
       read_end,
       "ends its path, and may say what the run returns",
       {},
       all_keys({}, end_keys())},
      {"passthrough",
       NodeType::passthrough,
       read_passthrough,
       "does nothing: a join or a landmark",
       {},
       all_keys({}, {})},
      {"condition",
       NodeType::condition,
       read_condition,
       "chooses a way",
       {"condition"},
       all_keys({"output", "on_error"}, condition_keys())},
      {"transform",
       NodeType::transform,
       read_transform,
       "computes a value",
       {"expression", "expr", "template", "jsonpath", "jq"},
       all_keys(of_work, transform_keys())},
      {"parallel",
       NodeType::parallel,
       read_parallel,
       "runs sequences side by side",
       {"branches"},
       all_keys(of_work, parallel_keys())},
      {"loop",
       NodeType::loop,
       read_loop,
       "runs a sequence again and again",
       {"collection", "while"},
       all_keys(of_work, loop_keys())},
      {"wait",
       NodeType::wait,
       read_wait,
       "waits for a time",
       {"wait", "until"},
       all_keys({"output", "on_error"}, wait_keys())},
      {"shell",
       NodeType::shell,
       read_shell,
       "runs a script or a program",
       {"run", "command"},
       all_keys(of_work, shell_keys())},
      {"http",
       NodeType::http,
       read_http,
       "calls a web address",
       {"url"},
       all_keys(of_work, http_keys())},
      {"mcp_tool",
       NodeType::mcp_tool,
       read_mcp_tool,
       "calls a tool of an MCP server",
       {"tool"},
       all_keys(of_work, mcp_tool_keys())},
      {"workflow",
       NodeType::workflow,
       read_workflow_node,
       "runs another stored workflow",
       {"workflow"},
       all_keys(of_work, workflow_node_keys())},
      {"signal",
       NodeType::signal,
       read_signal,
       "waits until it is told to go on",
       {"signal"},
       all_keys({"output", "timeout", "on_error"}, signal_keys())},
  };
}

}  // namespace

std::span<const NodeTypeFacts> node_types() {
  static const std::vector<NodeTypeFacts> table = make_table();
  return table;
}

const Keys& common_node_keys() {
  static const Keys keys{
      {"id", forms::text_like(node_id_pattern), "its name in the file, unique", {}, true},
      {"type", forms::text(), "may be left out where another key tells it"},
      {"name", forms::text(), "its title, for people"},
      {"description", forms::text(), "what it is for"},
      {"needs", forms::some(forms::text()), "the nodes that come before it"},
      {"when", forms::expression(), "false: the node is skipped"},
  };
  return keys;
}

const Keys& goto_keys() {
  static const Keys keys{
      {"goto", forms::text(), "the node that runs after a failure", {}, true},
  };
  return keys;
}

}  // namespace goflow::core
