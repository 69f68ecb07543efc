#include "core/workflow/nodes/node_types.hpp"

#include <algorithm>

namespace goflow::core {
namespace {

using Keys = std::vector<std::string_view>;

// `when` has a rule of its own where it does not belong (V63).
const Keys of_all_nodes{"id", "type", "name", "description", "needs", "when"};
// Of nodes that do work which can be tried again.
const Keys of_work{"output", "retry", "timeout", "on_error"};

const std::vector<NodeTypeFacts>& table() {
  static const std::vector<NodeTypeFacts> types{
      {"start", NodeType::start, read_start},
      {"end", NodeType::end, read_end, {}, {"return", "return_value"}},
      {"passthrough", NodeType::passthrough, read_passthrough},
      {"condition",
       NodeType::condition,
       read_condition,
       {"condition"},
       {"then", "else"},
       {"output", "on_error"}},
      {"transform",
       NodeType::transform,
       read_transform,
       {"expression", "expr", "template", "jsonpath", "jq"},
       {"input"},
       of_work},
      {"parallel",
       NodeType::parallel,
       read_parallel,
       {"branches"},
       {"merge_strategy", "merge", "max_parallel"},
       of_work},
      {"loop",
       NodeType::loop,
       read_loop,
       {"collection", "while"},
       {"item", "body", "break_condition", "parallel", "max_iterations"},
       of_work},
      {"wait", NodeType::wait, read_wait, {"wait", "until"}, {}, {"output", "on_error"}},
      {"shell",
       NodeType::shell,
       read_shell,
       {"run", "command"},
       {"shell", "cwd", "env", "stdin", "parse", "outputs"},
       of_work},
      {"http", NodeType::unknown, nullptr, {"url"}},
      {"mcp_tool", NodeType::unknown, nullptr, {"tool"}},
      {"workflow", NodeType::unknown, nullptr, {"workflow"}},
      {"signal", NodeType::unknown, nullptr, {"signal"}},
  };
  return types;
}

}  // namespace

std::span<const NodeTypeFacts> node_types() {
  return table();
}

std::vector<std::string_view> keys_of(const NodeTypeFacts& facts) {
  Keys keys = of_all_nodes;
  for (const Keys* more : {&facts.common_keys, &facts.marks, &facts.keys}) {
    keys.insert(keys.end(), more->begin(), more->end());
  }
  return keys;
}

}  // namespace goflow::core
