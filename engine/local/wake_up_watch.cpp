#include "engine/local/wake_up_watch.hpp"

#include "engine/local/process_identity.hpp"

#include <csignal>
#include <utility>

namespace goflow::engine {

WakeUpWatch::WakeUpWatch(EventLoop& loop, std::function<void()> callback) {
  watch_.emplace(loop, wake_up_signal, std::move(callback));
}

// In between the signal would end the process, so it is held back for that moment.
WakeUpWatch::~WakeUpWatch() {
  sigset_t held;
  sigset_t before;
  sigemptyset(&held);
  sigaddset(&held, wake_up_signal);
  pthread_sigmask(SIG_BLOCK, &held, &before);
  watch_.reset();
  ignore_wake_ups();
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

}  // namespace goflow::engine
