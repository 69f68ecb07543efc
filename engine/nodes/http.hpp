// Runs http nodes: a request, its redirects, and what becomes of the response.
#pragma once

#include "engine/nodes/activity.hpp"

namespace goflow::engine {

/// Its input is what the interpreter made of the node's templates: `url`, `method`, `headers`,
/// `query`, `form`, `body`, `file`, `auth`, `follow_redirects`, `expect` and `parse`.
core::Result<std::unique_ptr<Activity>, core::Failure> start_http(const ActivityEffect& effect,
                                                                  ActivityServices& services,
                                                                  ActivityEvents events);

}  // namespace goflow::engine
