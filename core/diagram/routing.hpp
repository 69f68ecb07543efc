// The lines between one row of a picture and the next: which share a line, and at what height each
// runs, so that no two can be taken for one.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <vector>

namespace goflow::core {

/// From a column of the upper row to a column of the lower one.
struct GapLink {
  int from = 0;
  int to = 0;
  int room = 0;  // how far beside `to` it may end, if need be
};

/// Everything that leaves these columns goes to all of those.
struct GapNet {
  std::vector<int> from;  // ascending, each once
  std::vector<int> to;
  std::optional<std::size_t> track;  // counted from the upper row; nullopt: straight down
};

struct GapRouting {
  std::vector<GapNet> nets;
  std::size_t tracks = 0;
  std::map<int, int> shifted;  // where the lines to a column end instead
};

GapRouting route(const std::vector<GapLink>& links);

}  // namespace goflow::core
