// The times at which cron lines come, one after the other.
#pragma once

#include "core/schedule/cron_line.hpp"
#include "core/schedule/time_zone.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <vector>

namespace goflow::core {

/// What the clock does in spring and autumn, as cron has it: a line with chosen hours comes once
/// for a time that the clock shows twice, and for times that it jumps over once right after the
/// jump. A line of every hour goes by the clock alone: both hours that look the same, and nothing
/// for one that is left out. Times of several lines at one moment are one.
class Occurrences {
 public:
  /// From the first one after `after` on.
  Occurrences(const std::vector<CronLine>& lines, TimeZone zone, Timestamp after);

  /// nullopt: there is none in the next forty years.
  std::optional<Timestamp> next();

 private:
  void read_day();
  void read_line(const CronLine& line);

  const std::vector<CronLine>& lines_;
  TimeZone zone_;
  std::chrono::sys_seconds last_;                // what was given, or where it began
  std::chrono::local_days day_;                  // the next one to read
  std::chrono::local_days last_day_;             // the last one to read
  std::vector<std::chrono::sys_seconds> ahead_;  // of the days that were read, in order
  std::size_t given_ = 0;                        // of them
};

/// The newest at or before `until`, and after `after`.
std::optional<Timestamp> latest_occurrence(const std::vector<CronLine>& lines,
                                           const TimeZone& zone,
                                           Timestamp after,
                                           Timestamp until);

}  // namespace goflow::core
