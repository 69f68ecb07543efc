// A workflow as programs see it: the record behind --json.
#pragma once

#include "cli/command/output_choice.hpp"
#include "core/value/value.hpp"
#include "core/workflow/workflow.hpp"

#include <span>

namespace goflow::cli {

std::span<const Field> workflow_fields();
core::Object workflow_record(const core::Workflow& workflow);
/// Of an input of a workflow, or a parameter of a template.
core::Object variable_record(const core::Variable& variable);

}  // namespace goflow::cli
