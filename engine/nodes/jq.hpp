// Runs jq transforms, in the process that a run has for them.
#pragma once

#include "engine/nodes/activity.hpp"

namespace goflow::engine {

/// Its input: `jq`, the program; `input`, `variables` and `now` as in combined_jq; `limit_ms`.
core::Result<std::unique_ptr<Activity>, core::Failure> start_jq(const ActivityEffect& effect,
                                                                ActivityServices& services,
                                                                ActivityEvents events);

}  // namespace goflow::engine
