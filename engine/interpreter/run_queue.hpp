// Coroutines that can go on, in the order in which they became able to.
#pragma once

#include <coroutine>
#include <cstddef>
#include <deque>

namespace goflow::engine {

/// First in, first out. An answer of the runtime waits until all that followed from the one before
/// is done: so the order of the answers alone decides the order of everything, and it does not
/// matter how many of them come at once.
class RunQueue {
 public:
  RunQueue() = default;
  RunQueue(const RunQueue&) = delete;
  RunQueue& operator=(const RunQueue&) = delete;

  void post(std::coroutine_handle<> coroutine) { ready_.push_back(coroutine); }
  /// For a coroutine that the runtime has answered.
  void post_answered(std::coroutine_handle<> coroutine) { answered_.push_back(coroutine); }
  /// Continues up to `most` coroutines; true: more can go on.
  bool step(std::size_t most);

 private:
  std::deque<std::coroutine_handle<>> ready_;
  std::deque<std::coroutine_handle<>> answered_;
};

}  // namespace goflow::engine
