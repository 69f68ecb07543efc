// How long, and in which steps, one waits for a database that somebody else is writing.
#pragma once

#include <chrono>

namespace goflow::storage {

/// Short pauses of random length, so that many processes do not meet again and again.
class Patience {
 public:
  /// Sleeps a little; false, at once, when all the waiting was in vain. `earlier_waits` counts
  /// from zero, which starts a new wait.
  bool wait(int earlier_waits);

 private:
  std::chrono::steady_clock::time_point end_;
};

}  // namespace goflow::storage
