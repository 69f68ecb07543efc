// When a service wants to be asked again, as it last said.
#pragma once

#include <algorithm>
#include <chrono>
#include <mutex>

namespace goflow::storage {

/// Who talks to the service writes it down, and who tries again looks it up. Safe to use from
/// several threads.
class RetryAfter {
 public:
  void say(std::chrono::milliseconds pause) {
    const std::lock_guard lock(mutex_);
    until_ = std::max(until_, Steady::now() + pause);
  }
  /// Zero: at any time.
  [[nodiscard]] std::chrono::milliseconds remaining() const {
    const std::lock_guard lock(mutex_);
    const auto left = std::max(until_ - Steady::now(), Steady::duration::zero());
    return std::chrono::ceil<std::chrono::milliseconds>(left);
  }

 private:
  using Steady = std::chrono::steady_clock;

  mutable std::mutex mutex_;
  Steady::time_point until_;
};

}  // namespace goflow::storage
