// Hears that another process has left something in the record: a cancellation, a signal.
#pragma once

#include "engine/loop/signal_watch.hpp"

#include <functional>
#include <optional>

namespace goflow::engine {

/// Wake-ups that come when it is gone do no harm: who sends one has looked up the owner before.
class WakeUpWatch {
 public:
  WakeUpWatch(EventLoop& loop, std::function<void()> callback);
  ~WakeUpWatch();
  WakeUpWatch(const WakeUpWatch&) = delete;
  WakeUpWatch& operator=(const WakeUpWatch&) = delete;

 private:
  std::optional<SignalWatch> watch_;
};

}  // namespace goflow::engine
