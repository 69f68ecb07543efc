// An agent of launchd that looks after the schedule of a workflow on macOS.
#pragma once

#include "core/schedule/systemd_timer.hpp"

#include <string>

namespace goflow::core {

/// What launchd calls it: "dev.goflow.nightly".
std::string launchd_label(const std::string& workflow_id);

/// launchd knows only the clock of the machine, and wants every combination of hour, day and so on
/// written out: for a schedule of another zone, or of very many times, it looks every minute.
std::string launchd_agent(const ScheduledCommand& command, const Schedule& schedule);

}  // namespace goflow::core
