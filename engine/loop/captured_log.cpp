#include "engine/loop/captured_log.hpp"

#include <algorithm>

namespace goflow::engine {
namespace {

constexpr std::size_t part_size = 25UL * 1024;

}  // namespace

void CapturedLog::append(std::string_view text) {
  const std::size_t to_head = std::min(text.size(), part_size - head_.size());
  head_.append(text.substr(0, to_head));
  text.remove_prefix(to_head);
  if (text.size() > part_size) {
    left_out_ += tail_.size() + text.size() - part_size;
    tail_.assign(text.substr(text.size() - part_size));
    return;
  }
  tail_.append(text);
  if (tail_.size() > 2 * part_size) {
    left_out_ += tail_.size() - part_size;
    tail_.erase(0, tail_.size() - part_size);
  }
}

std::string_view CapturedLog::tail() const {
  const std::string_view all = tail_;
  return all.substr(all.size() - std::min(all.size(), part_size));
}

std::string CapturedLog::content() const {
  const std::size_t left_out = left_out_ + tail_.size() - tail().size();
  std::string content = head_;
  if (left_out > 0) content += "\n… " + std::to_string(left_out) + " bytes left out …\n";
  return content.append(tail());
}

bool CapturedLog::is_whole() const {
  return left_out_ == 0 && tail().size() == tail_.size();
}

std::string CapturedLog::last_lines(std::size_t count) const {
  std::string text = is_whole() ? head_ + tail_ : std::string(tail());
  while (!text.empty() && text.back() == '\n') {
    text.pop_back();
  }
  std::size_t lines = 0;
  for (std::size_t at = text.size(); at > 0; --at) {
    if (text[at - 1] == '\n' && ++lines == count) return text.substr(at);
  }
  return text;
}

}  // namespace goflow::engine
