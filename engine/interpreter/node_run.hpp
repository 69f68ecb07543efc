// Runs one node: `when`, attempts, `on_error`, `output`, and the notes about all of it.
#pragma once

#include "core/execution/execution.hpp"
#include "core/workflow/workflow.hpp"
#include "engine/interpreter/cancel_scope.hpp"
#include "engine/interpreter/run_context.hpp"
#include "engine/interpreter/scope.hpp"
#include "engine/interpreter/task.hpp"

#include <optional>

namespace goflow::engine {

/// What decides which edges are taken.
struct NodeEnd {
  core::NodeStatus status = core::NodeStatus::completed;
  core::Value value = {};
  std::optional<core::Failure> failure = std::nullopt;
  bool failure_is_handled = false;
};

/// The end is recorded in `scope`, unless the run was cancelled before the node began.
Task<NodeEnd> run_node(RunContext& run, core::NodeIndex index, Scope& scope, CancelScope& cancel);

}  // namespace goflow::engine
