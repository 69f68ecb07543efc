#include "engine/interpreter/node_work.hpp"

#include "engine/interpreter/time_limit.hpp"

#include <utility>
#include <variant>

namespace goflow::engine {

Task<EffectOutcome> work_on(NodeVisit& visit) {
  const core::NodeWork& work = visit.node.work;
  if (const auto* shell = std::get_if<core::ShellNode>(&work)) {
    // The runtime ends a process in time; only what contains nodes is ended from here.
    EffectOutcome outcome = co_await run_shell(visit, *shell);
    co_return outcome;
  }
  if (const auto* wait = std::get_if<core::WaitNode>(&work)) {
    EffectOutcome outcome = co_await run_wait(visit, *wait);
    co_return outcome;
  }
  CancelScope cancel(&visit.cancel);
  if (const auto* loop = std::get_if<core::LoopNode>(&work)) {
    EffectOutcome outcome =
        co_await within_time_limit(visit, run_loop(visit, *loop, cancel), cancel);
    co_return outcome;
  }
  if (const auto* parallel = std::get_if<core::ParallelNode>(&work)) {
    EffectOutcome outcome =
        co_await within_time_limit(visit, run_parallel(visit, *parallel, cancel), cancel);
    co_return outcome;
  }
  co_return run_pure(visit);
}

}  // namespace goflow::engine
