#include "core/workflow/named_templates.hpp"
#include "core/workflow/nodes/node_reading.hpp"

#include <utility>

namespace goflow::core {

const Keys& workflow_node_keys() {
  static const Keys keys{
      {"workflow", forms::text(), "id of another stored workflow", {}, true},
      {"inputs", named_values_form(), "its inputs; types are kept"},
  };
  return keys;
}

std::optional<NodeWork> read_workflow_node(NodeReading& reading) {
  WorkflowNode node;
  node.workflow = reading.fields.text("workflow").value_or("");
  node.inputs =
      read_named_values(reading.fields, "inputs", reading.compiler, reading.place("inputs"));
  return node;
}

}  // namespace goflow::core
