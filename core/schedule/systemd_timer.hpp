// Units of systemd that look after the schedule of a workflow, so that nothing of ours has to run.
#pragma once

#include "core/schedule/schedule.hpp"
#include "core/schedule/time_zone.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace goflow::core {

/// What the units of one workflow are made of.
struct ScheduledCommand {
  std::string workflow_id;
  std::vector<std::string> words;             // the program, with its whole path, and its arguments
  std::string home;                           // whose units they are
  std::vector<std::string> environment = {};  // "NAME=value"
};

/// The times of a line as OnCalendar= has them. Two where a day of the month or a weekday will do.
/// `zone`: empty for that of the machine.
std::vector<std::string> calendar_events(const CronLine& line, const std::string& zone);

/// The moments around the jumps of the clock, from `now` for some years, that `calendar_events`
/// lets go and the line does not: systemd leaves out what the clock jumps over, and the second of
/// two hours that look the same.
std::vector<std::string> calendar_events_at_jumps(const CronLine& line,
                                                  const TimeZone& zone,
                                                  Timestamp now);

std::string systemd_service(const ScheduledCommand& command);
std::string systemd_timer(const ScheduledCommand& command,
                          const Schedule& schedule,
                          const TimeZone& zone,
                          Timestamp now);

/// Whose unit this text is; empty when it is none of ours.
std::string home_of_unit(std::string_view text);

}  // namespace goflow::core
