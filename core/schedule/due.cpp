#include "core/schedule/due.hpp"

#include "core/schedule/occurrences.hpp"

#include <algorithm>
#include <chrono>

namespace goflow::core {
namespace {

constexpr std::chrono::seconds on_time(90);

/// The newest `most` of them, and how many older ones there are.
Due newest(const Schedule& schedule,
           const TimeZone& zone,
           Timestamp after,
           Timestamp now,
           std::size_t most) {
  Due due{.times = {}, .looked_after_until = std::max(after, now)};
  Occurrences occurrences(schedule.lines, zone, after);
  for (auto time = occurrences.next(); time && *time <= now; time = occurrences.next()) {
    due.times.push_back(*time);
    if (due.times.size() <= most) continue;
    due.times.erase(due.times.begin());
    ++due.let_go;
  }
  return due;
}

}  // namespace

Due due_now(const Schedule& schedule,
            const TimeZone& zone,
            Timestamp looked_after_until,
            Timestamp now) {
  Due due{.times = {}, .looked_after_until = std::max(looked_after_until, now)};
  switch (schedule.catch_up) {
    case CatchUp::none:
      return newest(schedule, zone, std::max(looked_after_until, now - on_time), now, 1);
    case CatchUp::latest:
      if (const auto latest = latest_occurrence(schedule.lines, zone, looked_after_until, now)) {
        due.times.push_back(*latest);
      }
      return due;
    case CatchUp::all:
      return newest(schedule, zone, looked_after_until, now, most_caught_up);
  }
  return due;
}

}  // namespace goflow::core
