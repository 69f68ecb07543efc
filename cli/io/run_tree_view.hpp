// Draws a RunTree: a header, a line per node, what is over folded away, as high as there is room.
#pragma once

#include "cli/io/line.hpp"
#include "cli/io/run_tree.hpp"
#include "core/base/clock.hpp"
#include "core/execution/status.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace goflow::cli {

struct RunTreeFrame {
  core::ExecutionStatus status = core::ExecutionStatus::running;
  std::chrono::microseconds elapsed{};
  core::Timestamp now;
  std::size_t number = 0;  // turns the spinner
  std::size_t width = 79;
  std::size_t rows = 23;
};

class RunTreeView {
 public:
  explicit RunTreeView(Style style) : style_(style) {}

  [[nodiscard]] std::vector<Line> draw(const RunTree& tree, const RunTreeFrame& frame);

 private:
  Style style_;
  // Where details begin; only ever moves right, so that nothing jumps about.
  std::size_t detail_column_ = 0;
};

}  // namespace goflow::cli
