// One attempt of a node's work, by its type.
#pragma once

#include "core/workflow/workflow.hpp"
#include "engine/interpreter/node_visit.hpp"
#include "engine/interpreter/runtime.hpp"
#include "engine/interpreter/task.hpp"

namespace goflow::engine {

/// The work of the visited node, whatever it is, within its time limit.
Task<EffectOutcome> work_on(NodeVisit& visit);

/// Start, passthrough, end, condition, transform without jq: done at once, without effects.
EffectOutcome run_pure(NodeVisit& visit);
Task<EffectOutcome> run_shell(NodeVisit& visit);
Task<EffectOutcome> run_http(NodeVisit& visit);
Task<EffectOutcome> run_mcp_tool(NodeVisit& visit);
Task<EffectOutcome> run_jq(NodeVisit& visit,
                           const core::TransformNode& transform,
                           const core::Placed<core::JqProgram>& program);
Task<EffectOutcome> run_wait(NodeVisit& visit, const core::WaitNode& wait);
Task<EffectOutcome> run_signal(NodeVisit& visit, const core::SignalNode& signal);

/// These contain other nodes, or a whole run, which end when `cancel` does.
Task<EffectOutcome> run_loop(NodeVisit& visit, const core::LoopNode& loop, CancelScope& cancel);
Task<EffectOutcome> run_parallel(NodeVisit& visit,
                                 const core::ParallelNode& parallel,
                                 CancelScope& cancel);
Task<EffectOutcome> run_workflow(NodeVisit& visit,
                                 const core::WorkflowNode& work,
                                 CancelScope& cancel);

}  // namespace goflow::engine
