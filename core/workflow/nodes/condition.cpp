#include "core/workflow/nodes/node_reading.hpp"

#include <utility>

namespace goflow::core {
namespace {

void read_arms(NodeReading& reading) {
  if (const YamlNode* arm = reading.fields.find("then")) {
    reading.draft.then_arm = reading.read_sequence(*arm, "then");
  }
  if (const YamlNode* arm = reading.fields.find("else")) {
    reading.draft.else_arm = reading.read_sequence(*arm, "else");
  }
}

}  // namespace

const Keys& condition_keys() {
  static const Keys keys{
      {"condition", forms::expression(), "what is asked; must yield a boolean", {}, true},
      {"then", forms::sequence(), "what runs when it is true"},
      {"else", forms::sequence(), "what runs when it is false"},
  };
  return keys;
}

std::optional<NodeWork> read_condition(NodeReading& reading) {
  read_arms(reading);
  const YamlNode* value = reading.filled("condition");
  if (value == nullptr) return std::nullopt;
  auto condition = reading.decision(*value, reading.place("condition"));
  if (!condition) return std::nullopt;
  return ConditionNode{*std::move(condition)};
}

}  // namespace goflow::core
