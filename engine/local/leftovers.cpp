#include "engine/local/leftovers.hpp"

#include "engine/local/process_identity.hpp"

#include <sys/types.h>

#include <csignal>

namespace goflow::engine {

void end_leftovers(const std::vector<core::NodeExecution>& nodes) {
  for (const core::NodeExecution& node : nodes) {
    if (is_terminal(node.status) || !node.process) continue;
    // The number may belong to somebody else by now.
    if (process_start_time(node.process->group) != node.process->started) continue;
    ::kill(-static_cast<pid_t>(node.process->group), SIGKILL);
  }
}

}  // namespace goflow::engine
