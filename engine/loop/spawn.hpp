// Starts a program, and says plainly why it cannot be started.
#pragma once

#include "core/base/result.hpp"
#include "engine/loop/child_process.hpp"

#include <sys/types.h>

namespace goflow::engine {

/// The three descriptors that a child gets; it inherits no others.
struct ChildDescriptors {
  int in = -1;
  int out = -1;
  int err = -1;
};

/// The child leads a new session and a new process group, both with its own id.
core::Result<pid_t, StartFailure> spawn(const ChildCommand& command,
                                        const ChildDescriptors& descriptors);

}  // namespace goflow::engine
