// One execution and where its time went: `exec show`.
#pragma once

#include "cli/io/style.hpp"
#include "core/base/clock.hpp"
#include "core/execution/execution.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace goflow::cli {

enum class Rounds {
  folded,  // of a long loop, only those that need a look
  all,
};

struct TimelineRequest {
  const core::Execution& execution;
  const std::vector<core::NodeExecution>& nodes;
  std::vector<std::string> planned;  // ids of the top level; those without a record did not run
  core::Timestamp now;
  Rounds rounds = Rounds::folded;
  bool is_interrupted = false;
  std::vector<core::Execution> children = {};    // the runs that are the work of nodes
  std::vector<core::NodeAttempt> attempts = {};  // those that were followed by another
};

/// For the eye: facts, a row per node with a bar on a scale of time, the result.
std::string draw_timeline(const TimelineRequest& request, const Style& style, std::size_t width);

/// For a program: tab-separated lines that begin with what they tell, "node", "result", ….
std::string list_timeline(const TimelineRequest& request);

}  // namespace goflow::cli
