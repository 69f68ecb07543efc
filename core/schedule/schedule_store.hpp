// How far the schedules of the saved workflows have been looked after, and which are switched off.
#pragma once

#include "core/base/clock.hpp"
#include "core/base/result.hpp"

#include <string>
#include <vector>

namespace goflow::core {

struct ScheduleState {
  std::string workflow_id;
  bool enabled = true;
  Timestamp looked_after_until;  // what was due up to then has been run or let go
};

/// Safe to use from several processes at once.
class ScheduleStore {
 public:
  virtual ~ScheduleStore() = default;

  /// A schedule that is seen for the first time is looked after from now on: it never runs what was
  /// before.
  virtual Result<ScheduleState> find_or_begin(const std::string& workflow_id, Timestamp now) = 0;
  /// Those that were ever seen, by workflow.
  virtual Result<std::vector<ScheduleState>> list() = 0;
  /// Never back: of two processes, the one that has looked further wins.
  virtual Result<void> advance(const std::string& workflow_id, Timestamp until, Timestamp now) = 0;
  /// What comes while it is disabled is let go.
  virtual Result<void> set_enabled(const std::string& workflow_id, bool enabled, Timestamp now) = 0;
};

}  // namespace goflow::core
