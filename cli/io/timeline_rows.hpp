// Which rows a timeline has, and in which order.
#pragma once

#include "cli/io/timeline.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace goflow::cli {

struct TimelineRow {
  std::string label;                          // indented below its enclosing node
  const core::NodeExecution* node = nullptr;  // nullptr: not run, or rounds that are only counted
  bool counts_rounds = false;
};

std::vector<TimelineRow> timeline_rows(const TimelineRequest& request);

}  // namespace goflow::cli
