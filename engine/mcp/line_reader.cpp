#include "engine/mcp/line_reader.hpp"

#include <algorithm>

namespace goflow::engine {

std::optional<std::string> LineReader::next() {
  const std::size_t end = bytes_.find('\n', std::max(begin_, looked_));
  if (end == std::string::npos) {
    bytes_.erase(0, begin_);
    begin_ = 0;
    looked_ = bytes_.size();
    return std::nullopt;
  }
  std::string line = bytes_.substr(begin_, end - begin_);
  if (!line.empty() && line.back() == '\r') line.pop_back();
  begin_ = end + 1;
  return line;
}

}  // namespace goflow::engine
