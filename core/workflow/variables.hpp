// The declared variables of a workflow: its inputs and its state.
#pragma once

#include "core/workflow/problems.hpp"
#include "core/workflow/workflow.hpp"
#include "core/workflow/yaml/yaml_tree.hpp"

#include <string_view>
#include <vector>

namespace goflow::core {

std::vector<Variable> read_variables(const YamlNode& list, Problems& problems);

/// "number"
std::string_view to_string(VariableType type);
bool has_type(const Value& value, VariableType type);

}  // namespace goflow::core
