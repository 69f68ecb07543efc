// What a list tells of a workflow without all of it in memory.
#pragma once

#include "core/base/clock.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace goflow::core {

struct WorkflowSummary {
  std::string id;
  int version = 1;  // number of the current version
  Timestamp updated_at;
  std::string name = {};
  std::string description = {};
  std::int64_t nodes = 0;
  std::vector<std::string> cron = {};  // the lines of its schedule; none: it has no schedule
  std::string time_zone = {};          // of them; empty: that of the machine
  std::string problem = {};            // the first reason why it cannot be run; empty: it can
};

/// Sets what the text of the file tells: name, description, nodes and times, or else the problem.
void summarize(std::string_view text, WorkflowSummary& summary);

}  // namespace goflow::core
