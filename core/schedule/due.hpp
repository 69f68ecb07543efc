// What a schedule asks for now.
#pragma once

#include "core/schedule/schedule.hpp"
#include "core/schedule/time_zone.hpp"

#include <cstddef>
#include <vector>

namespace goflow::core {

struct Due {
  std::vector<Timestamp> times;  // to run, the oldest first
  Timestamp looked_after_until;  // once they have run
  std::size_t let_go = 0;        // times that are missed for good, as far as they were counted
};

/// How many missed times run with `catch_up: all`.
inline constexpr std::size_t most_caught_up = 100;

/// The times after `looked_after_until`, up to now. With `catch_up: none` those of the last minute
/// and a half are on time, so that a timer may be a little late.
Due due_now(const Schedule& schedule,
            const TimeZone& zone,
            Timestamp looked_after_until,
            Timestamp now);

}  // namespace goflow::core
