// Work that would hold up the loop, done on another thread.
#pragma once

#include <atomic>
#include <functional>

namespace goflow::engine {

class EventLoop;

/// Destroying it tells the work to stop and does not wait for it: what the work uses must belong to
/// the work, or outlive the loop.
class Background {
 public:
  using Work = std::function<void(const std::atomic<bool>& stop)>;

  /// `then` is called on the loop once the work is done, unless this is gone by then; it may
  /// destroy this.
  Background(EventLoop& loop, Work work, std::function<void()> then);
  ~Background();
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;

 private:
  struct Task;

  Task* task_;  // gives itself back when it is done
};

}  // namespace goflow::engine
