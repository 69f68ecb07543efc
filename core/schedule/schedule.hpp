// When a workflow runs by itself, and what is made of the times that were missed.
#pragma once

#include "core/schedule/cron_line.hpp"
#include "core/value/value.hpp"

#include <string>
#include <vector>

namespace goflow::core {

/// What becomes of the times at which nobody looked.
enum class CatchUp {
  none,    // they are let go
  latest,  // the last of them runs
  all,     // each runs
};

/// What becomes of a time while the run of an earlier one goes on.
enum class Overlap {
  skip,   // it is let go
  queue,  // its run waits
  allow,  // it runs beside the other
};

struct Schedule {
  std::vector<CronLine> lines;  // a time of any of them
  std::string time_zone = {};   // empty: that of the machine
  CatchUp catch_up = CatchUp::latest;
  Overlap overlap = Overlap::skip;
  Object inputs = {};         // of each run
  std::string instance = {};  // which each run belongs to; empty: as without a schedule
};

}  // namespace goflow::core
