// Hears a signal that is sent to this process, as an event of the loop.
#pragma once

#include "engine/loop/uv_handle.hpp"

#include <functional>

struct uv_signal_s;

namespace goflow::engine {

class EventLoop;

/// While it lives the signal has no other effect; afterwards it does what it did before.
class SignalWatch {
 public:
  SignalWatch(EventLoop& loop, int signal, std::function<void()> callback);
  ~SignalWatch();
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;

 private:
  std::function<void()> callback_;
  UvHandle<uv_signal_s> signal_;
};

}  // namespace goflow::engine
