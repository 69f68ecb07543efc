// What a process wrote to one stream, kept in bounded memory.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace goflow::engine {

/// Keeps the first and the last 25 KiB, and knows how much lies between.
class CapturedLog {
 public:
  void append(std::string_view text);

  [[nodiscard]] bool empty() const { return head_.empty(); }
  /// The whole, or its beginning and end with a line in between that says what was left out.
  [[nodiscard]] std::string content() const;
  /// Of all that was written.
  [[nodiscard]] std::size_t size() const { return head_.size() + left_out_ + tail_.size(); }
  [[nodiscard]] bool is_whole() const;
  /// The last lines, at most `count`, without the last line end.
  [[nodiscard]] std::string last_lines(std::size_t count) const;

 private:
  [[nodiscard]] std::string_view tail() const;

  std::string head_;
  std::string tail_;  // up to twice as long as what counts, so that it is seldom moved
  std::size_t left_out_ = 0;
};

}  // namespace goflow::engine
