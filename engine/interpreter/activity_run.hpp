// One attempt of a node whose work is done outside: by a process, by a server.
#pragma once

#include "core/base/result.hpp"
#include "core/execution/execution.hpp"
#include "core/value/value.hpp"
#include "engine/interpreter/node_visit.hpp"
#include "engine/interpreter/runtime.hpp"
#include "engine/interpreter/task.hpp"

#include <chrono>
#include <optional>

namespace goflow::engine {

struct ActivityWork {
  core::Object input;     // all that the runner gets to know
  core::Object recorded;  // the part of it that the history may show
  std::optional<std::chrono::milliseconds> timeout;
};

/// Of the visited node, by the variables as they are when its turn has come.
using PrepareActivity = core::Result<ActivityWork, core::Failure> (*)(NodeVisit& visit);

Task<EffectOutcome> run_activity(NodeVisit& visit, PrepareActivity prepare);

}  // namespace goflow::engine
