// Calls back after a while.
#pragma once

#include "engine/loop/uv_handle.hpp"

#include <chrono>
#include <functional>

struct uv_timer_s;

namespace goflow::engine {

class EventLoop;

class Timer {
 public:
  Timer(EventLoop& loop, std::function<void()> callback);
  ~Timer();
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;

  /// Once, after `delay`; a timer that runs already starts anew.
  void start(std::chrono::milliseconds delay);
  /// Again and again.
  void repeat(std::chrono::milliseconds interval);
  void stop();
  [[nodiscard]] bool is_running() const;

 private:
  void start(std::chrono::milliseconds delay, std::chrono::milliseconds interval);

  std::function<void()> callback_;
  UvHandle<uv_timer_s> timer_;
};

}  // namespace goflow::engine
