#include "core/workflow/nodes/node_reading.hpp"

namespace goflow::core {

const Keys& end_keys() {
  static const Keys keys{
      {"return", forms::anything(), "the result of the run that ends here", "return_value"},
  };
  return keys;
}

std::optional<NodeWork> read_end(NodeReading& reading) {
  EndNode end;
  if (const YamlNode* value = reading.fields.find_aliased("return")) {
    end.return_value = reading.compiler.value(*value, reading.place("return"));
    if (!end.return_value) return std::nullopt;
  }
  return end;
}

}  // namespace goflow::core
