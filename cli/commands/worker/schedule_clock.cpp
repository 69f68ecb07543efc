#include "cli/commands/worker/schedule_clock.hpp"

#include "cli/commands/schedule/run_due.hpp"

#include <chrono>

namespace goflow::cli {

void ScheduleClock::look() {
  constexpr std::chrono::minutes minute(1);
  const core::Timestamp now = context_.now();
  // Further away than that: somebody has put the clock back.
  const bool is_early = now < next_look_ && next_look_ - now <= minute;
  if (is_early) return;
  // No line of cron comes at another time.
  next_look_ = std::chrono::floor<std::chrono::minutes>(now) + minute;
  if (const auto enqueued = enqueue_due(context_); !enqueued) {
    context_.err().line("warning: schedules were not looked after: " + enqueued.error().message);
  }
  context_.err().flush();
}

}  // namespace goflow::cli
