#include "engine/interpreter/node_work.hpp"

#include "engine/interpreter/time_limit.hpp"

#include <utility>
#include <variant>

namespace goflow::engine {

namespace {

bool contains_nodes(const core::NodeWork& work) {
  return std::holds_alternative<core::LoopNode>(work) ||
         std::holds_alternative<core::ParallelNode>(work) ||
         std::holds_alternative<core::WorkflowNode>(work);
}

const core::Placed<core::JqProgram>* jq_program(const core::NodeWork& work) {
  const auto* transform = std::get_if<core::TransformNode>(&work);
  if (!transform) return nullptr;
  return std::get_if<core::Placed<core::JqProgram>>(&transform->program);
}

Task<EffectOutcome> work_on_inner_nodes(NodeVisit& visit, CancelScope& cancel) {
  if (const auto* loop = std::get_if<core::LoopNode>(&visit.node.work)) {
    return run_loop(visit, *loop, cancel);
  }
  if (const auto* workflow = std::get_if<core::WorkflowNode>(&visit.node.work)) {
    return run_workflow(visit, *workflow, cancel);
  }
  return run_parallel(visit, std::get<core::ParallelNode>(visit.node.work), cancel);
}

}  // namespace

Task<EffectOutcome> work_on(NodeVisit& visit) {
  const core::NodeWork& work = visit.node.work;
  EffectOutcome outcome;
  if (contains_nodes(work)) {
    CancelScope cancel(&visit.cancel);
    outcome = co_await within_time_limit(visit, work_on_inner_nodes(visit, cancel), cancel);
  } else if (std::holds_alternative<core::ShellNode>(work)) {
    outcome = co_await run_shell(visit);
  } else if (std::holds_alternative<core::HttpNode>(work)) {
    outcome = co_await run_http(visit);
  } else if (std::holds_alternative<core::McpToolNode>(work)) {
    outcome = co_await run_mcp_tool(visit);
  } else if (const auto* jq = jq_program(work)) {
    outcome = co_await run_jq(visit, std::get<core::TransformNode>(work), *jq);
  } else if (const auto* wait = std::get_if<core::WaitNode>(&work)) {
    outcome = co_await run_wait(visit, *wait);
  } else if (const auto* signal = std::get_if<core::SignalNode>(&work)) {
    outcome = co_await run_signal(visit, *signal);
  } else {
    outcome = run_pure(visit);
  }
  co_return outcome;
}

}  // namespace goflow::engine
