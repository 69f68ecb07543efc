#include "engine/interpreter/run_queue.hpp"

namespace goflow::engine {

bool RunQueue::step(std::size_t most) {
  for (; most > 0 && !ready_.empty(); --most) {
    const auto next = ready_.front();
    ready_.pop_front();
    next.resume();
  }
  return !ready_.empty();
}

}  // namespace goflow::engine
