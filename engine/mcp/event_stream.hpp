// Server-sent events: cuts what comes through a connection into the events that it tells of.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

namespace goflow::engine {

struct StreamEvent {
  std::string type = "message";
  std::string data = {};
};

class EventStream {
 public:
  explicit EventStream(std::size_t largest) : largest_(largest) {}

  void append(std::string_view bytes);
  /// The next whole event.
  std::optional<StreamEvent> next();
  /// The event that is coming in is larger than any may be.
  [[nodiscard]] bool is_overfull() const { return line_.size() + data_.size() > largest_; }

 private:
  void end_line();
  void set_field(std::string_view name, std::string_view value);
  void end_event();

  std::size_t largest_;
  std::string line_;
  bool is_after_return_ = false;  // a line feed that follows belongs to it
  bool is_first_line_ = true;
  std::string type_;
  std::string data_;  // each of its lines with an end
  std::deque<StreamEvent> events_;
};

}  // namespace goflow::engine
