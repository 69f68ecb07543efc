// An execution as programs see it: the record behind --json.
#pragma once

#include "cli/command/output_choice.hpp"
#include "core/execution/execution.hpp"
#include "core/value/value.hpp"
#include "core/workflow/workflow.hpp"

#include <span>
#include <string>
#include <vector>

namespace goflow::cli {

/// What --json knows of an execution; the rows of a list have those of execution_row().
std::span<const Field> execution_fields();
std::span<const Field> execution_row_fields();

/// Ids of the nodes of the top level.
std::vector<std::string> top_level_ids(const core::Workflow& workflow);

/// Without nodes, inputs and return value: a row of a list.
core::Object execution_row(const core::Execution& execution, core::Timestamp now);

/// Everything. `expected_nodes` are the top-level nodes of the definition, so that the progress
/// counts what has not been reached; `children` the runs that are the work of its nodes.
core::Object execution_record(const core::Execution& execution,
                              const std::vector<core::NodeExecution>& nodes,
                              const std::vector<std::string>& expected_nodes,
                              core::Timestamp now,
                              const std::vector<core::Execution>& children = {});

}  // namespace goflow::cli
