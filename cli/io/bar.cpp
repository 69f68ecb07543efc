#include "cli/io/bar.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace goflow::cli {
namespace {

constexpr std::array<std::string_view, 8> eighths{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
constexpr std::string_view full = "█";
constexpr std::string_view right_half = "▐";

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) {
    all += text;
  }
  return all;
}

/// Filled from the left up to a length in eighths of a column.
std::string filled_cells(std::size_t length_in_eighths) {
  return repeated(full, length_in_eighths / 8).append(eighths.at(length_in_eighths % 8));
}

std::size_t rounded(double number) {
  return static_cast<std::size_t>(std::llround(std::max(number, 0.0)));
}

}  // namespace

std::string progress_bar(double fraction, std::size_t width, const Style& style) {
  const double length = std::clamp(fraction, 0.0, 1.0) * static_cast<double>(width);
  if (!style.is_utf8()) {
    const std::size_t done = rounded(length);
    return std::string(done, '#') + std::string(width - done, '.');
  }
  const std::size_t done = rounded(length * 8);
  return filled_cells(done) + repeated("░", width - (done + 7) / 8);
}

std::string span_bar(double begin, double end, const Style& style) {
  if (!style.is_utf8()) {
    const std::size_t first = static_cast<std::size_t>(begin);
    return std::string(first, ' ') +
           std::string(std::max<std::size_t>(1, rounded(end) - std::min(rounded(end), first)), '#');
  }
  // The one block that begins inside its column fills the right half.
  const std::size_t halves = rounded(begin * 2);
  const std::size_t first = halves / 2;
  const std::size_t last = std::max(rounded(end * 8), first * 8 + 1) - first * 8;
  const std::string room(first, ' ');
  if (halves % 2 == 0) return room + filled_cells(last);
  return room + std::string(right_half) + (last > 8 ? filled_cells(last - 8) : "");
}

}  // namespace goflow::cli
