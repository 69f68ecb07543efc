#include "engine/jq/frames.hpp"

#include "core/value/json.hpp"

#include <charconv>

namespace goflow::engine {

std::string to_frame(const core::Value& value) {
  const std::string text = core::to_json(value, core::FloatForm::typed);
  return std::to_string(text.size()) + "\n" + text;
}

std::optional<std::string> FrameReader::next() {
  const std::size_t line_end = bytes_.find('\n');
  if (line_end == std::string::npos) return std::nullopt;
  std::size_t length = 0;
  std::from_chars(bytes_.data(), bytes_.data() + line_end, length);
  if (bytes_.size() - line_end - 1 < length) return std::nullopt;
  std::string text = bytes_.substr(line_end + 1, length);
  bytes_.erase(0, line_end + 1 + length);
  return text;
}

}  // namespace goflow::engine
