#include "core/workflow/nodes/node_reading.hpp"

namespace goflow::core {

std::optional<NodeWork> read_end(NodeReading& reading) {
  EndNode end;
  if (const YamlNode* value = reading.fields.find("return", "return_value")) {
    end.return_value = reading.compiler.value(*value, reading.place("return"));
    if (!end.return_value) return std::nullopt;
  }
  return end;
}

}  // namespace goflow::core
