// Runs a script or a program: the `shell` node.
#pragma once

#include "engine/nodes/activity.hpp"

namespace goflow::engine {

core::Result<std::unique_ptr<Activity>, core::Failure> start_shell(const ActivityEffect& effect,
                                                                   ActivityServices& services,
                                                                   ActivityEvents events);

}  // namespace goflow::engine
