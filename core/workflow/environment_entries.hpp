// `env` of a workflow and of shell nodes: names and templates.
#pragma once

#include "core/workflow/compiler.hpp"
#include "core/workflow/fields.hpp"
#include "core/workflow/form.hpp"

#include <vector>

namespace goflow::core {

Form environment_form();

std::vector<EnvironmentEntry> read_environment_entries(const YamlNode& env,
                                                       Fields& fields,
                                                       Compiler& compiler,
                                                       const FormulaPlace& place);

}  // namespace goflow::core
