// The time limit of a node that contains others: a race between its work and a sleep.
#pragma once

#include "engine/interpreter/cancel_scope.hpp"
#include "engine/interpreter/node_visit.hpp"
#include "engine/interpreter/runtime.hpp"
#include "engine/interpreter/task.hpp"

namespace goflow::engine {

/// `work` must end when `cancel` is cancelled; it then has failed with the kind `timeout`.
Task<EffectOutcome> within_time_limit(NodeVisit& visit,
                                      Task<EffectOutcome> work,
                                      CancelScope& cancel);

}  // namespace goflow::engine
