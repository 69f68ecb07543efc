// A workflow as programs see it: the record behind --json.
#pragma once

#include "cli/command/output_choice.hpp"
#include "core/value/value.hpp"
#include "core/workflow/workflow.hpp"

#include <span>

namespace goflow::cli {

std::span<const Field> workflow_fields();
core::Object workflow_record(const core::Workflow& workflow);

}  // namespace goflow::cli
