// What a list tells of a workflow without all of it in memory.
#pragma once

#include "core/base/clock.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace goflow::core {

struct WorkflowSummary {
  std::string id;
  int version = 1;  // number of the current version
  Timestamp updated_at;
  std::string name = {};
  std::string description = {};
  std::int64_t nodes = 0;
  std::string problem = {};  // the first reason why it cannot be run; empty: it can
};

/// Sets what the text of the file tells: name, description and nodes, or else the problem.
void summarize(std::string_view text, WorkflowSummary& summary);

}  // namespace goflow::core
