// An execution as programs see it: the record behind --json.
#pragma once

#include "cli/command/output_choice.hpp"
#include "core/execution/execution.hpp"
#include "core/execution/execution_store.hpp"
#include "core/value/value.hpp"
#include "core/workflow/workflow.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace goflow::cli {

/// What --json knows of an execution.
std::span<const Field> execution_fields();
/// Whether a list, whose rows leave out what may be large, has to look each execution up.
bool asks_beyond_row(const std::vector<std::string>& fields);

/// Without nodes, inputs and return value: a row of a list.
core::Object execution_row(const core::Execution& execution, core::Timestamp now);

/// What stands for a value that is too large for the history.
enum class LargeValue { as_claim, in_full };

/// Everything, with its nodes.
core::Result<core::Object> execution_record(const core::Execution& execution,
                                            core::ExecutionStore& store,
                                            core::Timestamp now,
                                            LargeValue large = LargeValue::as_claim);

/// The same of a state that was read before.
core::Result<core::Object> execution_record(const core::Execution& execution,
                                            const std::vector<core::NodeExecution>& nodes,
                                            const std::vector<core::NodeAttempt>& attempts,
                                            core::ExecutionStore& store,
                                            core::Timestamp now,
                                            LargeValue large = LargeValue::as_claim);

/// One node, without its earlier attempts unless they are given.
core::Object node_record(const core::NodeExecution& node, core::Array attempts = {});

/// The workflow as it was when the execution began; nullopt when its text cannot be read any more.
core::Result<std::optional<core::Workflow>> find_definition(const core::Execution& execution,
                                                            core::ExecutionStore& store);

/// One change of a variable: time, name, scope, node, old_value, new_value.
core::Object variable_record(const core::VariableChange& change, LargeValue large);

}  // namespace goflow::cli
