// Looks after the schedules of this home while a worker lives.
#pragma once

#include "cli/context.hpp"
#include "core/base/clock.hpp"

namespace goflow::cli {

class ScheduleClock {
 public:
  explicit ScheduleClock(Context& context) : context_(context) {}

  /// Cheap until the next minute has begun: then it puts into the queue what is due. What goes
  /// wrong is said, and tried again a minute later.
  void look();

 private:
  Context& context_;
  core::Timestamp next_look_ = {};
};

}  // namespace goflow::cli
