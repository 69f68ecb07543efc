#include "engine/mcp/event_stream.hpp"

#include <utility>

namespace goflow::engine {

// Lines end with CR LF, LF or CR alone.
void EventStream::append(std::string_view bytes) {
  if (is_after_return_ && !bytes.empty()) {
    is_after_return_ = false;
    if (bytes.front() == '\n') bytes.remove_prefix(1);
  }
  for (;;) {
    const std::size_t end = bytes.find_first_of("\r\n");
    line_ += bytes.substr(0, end);
    if (end == std::string_view::npos) return;
    const bool is_return = bytes[end] == '\r';
    bytes.remove_prefix(end + 1);
    is_after_return_ = is_return && bytes.empty();
    if (is_return && !bytes.empty() && bytes.front() == '\n') bytes.remove_prefix(1);
    end_line();
  }
}

std::optional<StreamEvent> EventStream::next() {
  if (events_.empty()) return std::nullopt;
  StreamEvent event = std::move(events_.front());
  events_.pop_front();
  return event;
}

void EventStream::end_line() {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  const std::string whole = std::exchange(line_, {});
  std::string_view line = whole;
  if (std::exchange(is_first_line_, false) && line.starts_with(byte_order_mark)) {
    line.remove_prefix(byte_order_mark.size());
  }
  if (line.empty()) return end_event();
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return set_field(line, {});
  std::string_view value = line.substr(colon + 1);
  if (value.starts_with(' ')) value.remove_prefix(1);
  set_field(line.substr(0, colon), value);
}

/// Others, and comments, which have no name, mean nothing to us.
void EventStream::set_field(std::string_view name, std::string_view value) {
  if (name == "event") type_ = value;
  if (name == "data") data_.append(value).push_back('\n');
}

void EventStream::end_event() {
  StreamEvent event{.data = std::exchange(data_, {})};
  const std::string type = std::exchange(type_, {});
  if (event.data.empty()) return;
  event.data.pop_back();
  if (!type.empty()) event.type = type;
  events_.push_back(std::move(event));
}

}  // namespace goflow::engine
