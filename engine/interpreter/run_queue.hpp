// Coroutines that can go on, in the order in which they became able to.
#pragma once

#include <coroutine>
#include <cstddef>
#include <deque>

namespace goflow::engine {

/// First in, first out: the order of the runtime's answers alone decides the order of everything.
class RunQueue {
 public:
  RunQueue() = default;
  RunQueue(const RunQueue&) = delete;
  RunQueue& operator=(const RunQueue&) = delete;

  void post(std::coroutine_handle<> coroutine) { ready_.push_back(coroutine); }
  /// Continues up to `most` coroutines; true: more can go on.
  bool step(std::size_t most);

 private:
  std::deque<std::coroutine_handle<>> ready_;
};

}  // namespace goflow::engine
