#include "cli/io/live_region.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace goflow::cli {
namespace {

// Terminals that know synchronized updates show a frame whole; the others ignore the request.
constexpr std::string_view begin_frame = "\x1b[?2026h\x1b[?25l\r";
constexpr std::string_view end_frame = "\x1b[J\x1b[?25h\x1b[?2026l";
constexpr std::string_view clear_rest_of_line = "\x1b[K";

std::string move_up(std::size_t rows) {
  return rows == 0 ? std::string() : "\x1b[" + std::to_string(rows) + "A";
}

}  // namespace

void LiveRegion::draw(const std::vector<Line>& lines) {
  Output& err = terminal_.err();
  std::string frame(begin_frame);
  const TerminalSize size = terminal_.size();
  // What has scrolled out of the window cannot be drawn over.
  frame += move_up(std::min(rows_drawn(size.columns), size.rows - 1));
  widths_.clear();
  for (const Line& line : lines) {
    widths_.push_back(line.width());
    frame.append(line.painted(err.style())).append(clear_rest_of_line).append("\n");
  }
  err.write(frame.append(end_frame));
  err.flush();
}

void LiveRegion::finish(const std::vector<Line>& lines) {
  draw(lines);
  widths_.clear();
}

std::size_t LiveRegion::rows_drawn(std::size_t columns) const {
  std::size_t rows = 0;
  for (const std::size_t width : widths_) {
    // A window that became narrower has wrapped them.
    rows += std::max<std::size_t>(1, (width + columns - 1) / columns);
  }
  return rows;
}

}  // namespace goflow::cli
