#include "engine/interpreter/run_queue.hpp"

namespace goflow::engine {

bool RunQueue::step(std::size_t most) {
  for (; most > 0; --most) {
    auto& queue = ready_.empty() ? answered_ : ready_;
    if (queue.empty()) return false;
    const auto next = queue.front();
    queue.pop_front();
    next.resume();
  }
  return !ready_.empty() || !answered_.empty();
}

}  // namespace goflow::engine
