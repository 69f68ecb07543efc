// A scale of time with round numbers, in columns of a terminal.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace goflow::cli {

class TimeScale {
 public:
  /// The finest scale on which the whole time takes no more than this room, a dozen columns or
  /// more.
  TimeScale(std::chrono::microseconds whole, std::size_t room);

  /// Where a moment stands, in columns and parts of a column.
  [[nodiscard]] double column_of(std::chrono::microseconds since_begin) const;
  /// "0s        2s        4s", as far as the whole goes.
  [[nodiscard]] std::string header() const;

 private:
  std::chrono::microseconds whole_;
  std::chrono::microseconds step_{};
  std::int64_t count_ = 1;  // of its unit in one step
  std::string unit_;
  std::size_t columns_per_step_ = 1;
};

}  // namespace goflow::cli
