// Rings at a time of day, even if the machine sleeps meanwhile or its clock is set.
#pragma once

#include "core/base/clock.hpp"
#include "engine/loop/timer.hpp"

#include <functional>

namespace goflow::engine {

class Alarm {
 public:
  Alarm(EventLoop& loop, const core::Clock& clock, std::function<void()> ring);

  /// Once; at once if the time is over.
  void set(core::Timestamp due);
  void stop() { timer_.stop(); }

 private:
  void look();

  const core::Clock& clock_;
  std::function<void()> ring_;
  core::Timestamp due_;
  Timer timer_;
};

}  // namespace goflow::engine
