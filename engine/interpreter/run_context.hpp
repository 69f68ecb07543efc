// What every part of one run shares.
#pragma once

#include "core/workflow/workflow.hpp"
#include "engine/interpreter/names.hpp"
#include "engine/interpreter/run_queue.hpp"
#include "engine/interpreter/runtime.hpp"
#include "engine/interpreter/semaphore.hpp"
#include "engine/interpreter/workflow_run.hpp"

#include <cstddef>
#include <optional>
#include <utility>

namespace goflow::engine {

/// However wide a workflow fans out: so much work of one run is under way at once, and no more.
inline constexpr std::size_t most_active_nodes = 256;

/// What has become of a run when its handlers begin.
struct Ending {
  core::ExecutionStatus status = core::ExecutionStatus::completed;
  std::optional<core::Failure> failure = std::nullopt;
};

struct RunContext {
  RunContext(const core::Workflow& workflow_,
             core::Object inputs_,
             RunIdentity identity_,
             Runtime& runtime_)
      : workflow(workflow_),
        inputs(std::move(inputs_)),
        identity(std::move(identity_)),
        runtime(runtime_),
        names(workflow_),
        active_nodes(most_active_nodes) {}

  const core::Workflow& workflow;
  const core::Object inputs;  // and the defaults of what was not given
  const RunIdentity identity;
  Runtime& runtime;
  const Names names;
  RunQueue queue;
  Semaphore active_nodes;
  std::optional<Ending> ending = std::nullopt;
};

}  // namespace goflow::engine
