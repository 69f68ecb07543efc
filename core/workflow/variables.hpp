// The declared variables of a workflow: its inputs and its state.
#pragma once

#include "core/workflow/draft.hpp"
#include "core/workflow/form.hpp"
#include "core/workflow/problems.hpp"
#include "core/workflow/yaml/yaml_tree.hpp"

#include <string_view>

namespace goflow::core {

const Keys& variable_keys();

void read_variables(const YamlNode& list, Draft& draft, Problems& problems);

/// "number"
std::string_view to_string(VariableType type);
bool has_type(const Value& value, VariableType type);

}  // namespace goflow::core
