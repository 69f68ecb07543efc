#include "cli/commands/worker/stop_signals.hpp"

#include <unistd.h>

#include <atomic>

namespace goflow::cli {
namespace {

std::atomic<int> heard = 0;
static_assert(std::atomic<int>::is_always_lock_free);

void hear(int /*signal*/) {
  ++heard;
}

}  // namespace

StopSignals::StopSignals(std::optional<pid_t> supervisor) : supervisor_(supervisor) {
  heard = 0;
  struct sigaction listen {};
  listen.sa_handler = hear;
  listen.sa_flags = SA_RESTART;
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction action {};
    sigaction(signal, nullptr, &action);
    // nohup, for one, has it so.
    if (action.sa_handler == SIG_IGN) continue;
    sigaction(signal, &listen, nullptr);
    before_.push_back({signal, action});
  }
}

StopSignals::~StopSignals() {
  for (const Before& before : before_) {
    sigaction(before.signal, &before.action, nullptr);
  }
}

int StopSignals::times() const {
  if (supervisor_ && getppid() != *supervisor_) return 2;
  return heard;
}

}  // namespace goflow::cli
