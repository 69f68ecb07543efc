// A graph turned around for walking: who waits for how many, and where each node leads.
#pragma once

#include "core/workflow/workflow.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace goflow::engine {

/// Nodes are known by their place in the order of the file. Made once, walked many times.
struct GraphPlan {
  struct Exit {
    std::size_t to = 0;
    core::Route route = core::Route::always;
  };
  struct Stop {
    core::NodeIndex node = 0;
    std::size_t entries = 0;  // edges that lead here
    std::vector<Exit> exits;
  };

  explicit GraphPlan(const core::Graph& graph);

  std::vector<Stop> stops;
  std::optional<core::NodeIndex> last;  // the node whose value is that of the whole
};

}  // namespace goflow::engine
