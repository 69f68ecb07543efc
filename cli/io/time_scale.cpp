#include "cli/io/time_scale.hpp"

#include "cli/io/width.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace goflow::cli {
namespace {

using std::chrono::microseconds;
using namespace std::chrono_literals;

// Labels need some room, and labels far apart are hard to read between.
constexpr std::size_t narrowest_step = 7;
constexpr std::size_t widest_step = 10;

struct Unit {
  std::string_view name;
  microseconds length;
  std::vector<std::int64_t> counts;  // round numbers of it, smallest first
};

const std::array<Unit, 5>& units() {
  static const std::array<Unit, 5> all{
      {{"ms", 1ms, {1, 2, 5, 10, 20, 50, 100, 200, 500}},
       {"s", 1s, {1, 2, 5, 10, 20, 30}},
       {"m", 1min, {1, 2, 5, 10, 20, 30}},
       {"h", 1h, {1, 2, 4, 6, 12}},
       {"d", 24h, {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000}}}};
  return all;
}

}  // namespace

TimeScale::TimeScale(microseconds whole, std::size_t room) : whole_(whole) {
  for (const Unit& unit : units()) {
    for (const std::int64_t count : unit.counts) {
      step_ = unit.length * count;
      count_ = count;
      unit_ = unit.name;
      const double steps = static_cast<double>(whole.count()) / static_cast<double>(step_.count());
      const double columns = static_cast<double>(room) / std::max(steps, 1.0);
      columns_per_step_ = std::min(static_cast<std::size_t>(columns), widest_step);
      if (columns_per_step_ >= narrowest_step) return;
    }
  }
}

double TimeScale::column_of(microseconds since_begin) const {
  return static_cast<double>(since_begin.count()) / static_cast<double>(step_.count()) *
         static_cast<double>(columns_per_step_);
}

std::string TimeScale::header() const {
  std::string text;
  std::int64_t steps = 0;
  for (microseconds at{0}; at <= whole_; at += step_) {
    text = pad_right(text, static_cast<std::size_t>(steps) * columns_per_step_);
    text += std::to_string(count_ * steps) + unit_;
    ++steps;
  }
  return text;
}

}  // namespace goflow::cli
