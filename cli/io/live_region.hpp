// A few lines at the bottom of a terminal that are drawn again and again in the same place.
#pragma once

#include "cli/io/line.hpp"
#include "cli/io/terminal.hpp"

#include <cstddef>
#include <vector>

namespace goflow::cli {

/// Each frame is one write that hides the cursor, draws over the frame before and shows the cursor
/// again: nothing flickers, and whatever kills goflow leaves a terminal that is in order.
class LiveRegion {
 public:
  explicit LiveRegion(Terminal& terminal) : terminal_(terminal) {}

  /// Lines must be narrower than the terminal, and fewer than its rows.
  void draw(const std::vector<Line>& lines);
  /// Draws for the last time; what is written next comes below.
  void finish(const std::vector<Line>& lines);

 private:
  [[nodiscard]] std::size_t rows_drawn(std::size_t columns) const;

  Terminal& terminal_;
  std::vector<std::size_t> widths_;  // of the lines of the frame before
};

}  // namespace goflow::cli
