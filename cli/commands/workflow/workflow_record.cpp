#include "cli/commands/workflow/workflow_record.hpp"

#include "core/workflow/variables.hpp"

namespace goflow::cli {
namespace {

using core::Array;
using core::Object;
using core::Value;

constexpr Field fields[] = {
    {"id", "the name it is saved under"},
    {"name", "its title"},
    {"version", "version of the format"},
    {"description", "what its author says about it"},
    {"tags", "list of words"},
    {"inputs", "declared variables: name, type, required, default, description"},
    {"nodes", "id, type, name and description of each node"},
};

Array input_records(const core::Workflow& workflow) {
  Array records;
  for (const core::Variable& variable : workflow.variables) {
    records.emplace_back(variable_record(variable));
  }
  return records;
}

Array node_records(const core::Workflow& workflow) {
  Array records;
  for (const core::Node& node : workflow.nodes) {
    records.emplace_back(Object{{"id", node.id},
                                {"type", type_name(node.work)},
                                {"name", node.name},
                                {"description", node.description}});
  }
  return records;
}

}  // namespace

std::span<const Field> workflow_fields() {
  return fields;
}

Object variable_record(const core::Variable& variable) {
  return {{"name", variable.name},
          {"type", core::to_string(variable.type)},
          {"required", variable.required},
          {"default", variable.default_value.value_or(Value())},
          {"description", variable.description}};
}

Object workflow_record(const core::Workflow& workflow) {
  return {{"id", workflow.id},
          {"name", workflow.name},
          {"version", workflow.version},
          {"description", workflow.description},
          {"tags", Array(workflow.tags.begin(), workflow.tags.end())},
          {"inputs", input_records(workflow)},
          {"nodes", node_records(workflow)}};
}

}  // namespace goflow::cli
