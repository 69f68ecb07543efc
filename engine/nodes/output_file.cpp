#include "engine/nodes/output_file.hpp"

#include "core/base/utf8.hpp"

#include <algorithm>
#include <optional>

namespace goflow::engine {
namespace {

class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}

  std::optional<std::string_view> next() {
    if (rest_.empty()) return std::nullopt;
    const std::string_view line = rest_.substr(0, rest_.find('\n'));
    rest_.remove_prefix(std::min(rest_.size(), line.size() + 1));
    ++number_;
    return line;
  }
  [[nodiscard]] int number() const { return number_; }

 private:
  std::string_view rest_;
  int number_ = 0;
};

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// The identifier at the front of a line; empty when there is none.
std::string_view take_key(std::string_view& line) {
  std::size_t length = 0;
  while (length < line.size() &&
         (is_letter(line[length]) || (length > 0 && is_digit(line[length])))) {
    ++length;
  }
  const std::string_view key = line.substr(0, length);
  line.remove_prefix(length);
  return key;
}

std::optional<std::string> take_block(Lines& lines, std::string_view last_line) {
  std::string block;
  while (const auto line = lines.next()) {
    if (*line == last_line) {
      if (!block.empty()) block.pop_back();
      return block;
    }
    block.append(*line).push_back('\n');
  }
  return std::nullopt;
}

std::string at_line(int number, const std::string& what) {
  return "$GOFLOW_OUTPUT, line " + std::to_string(number) + ": " + what;
}

}  // namespace

core::Result<core::Object, std::string> parse_outputs(std::string_view text) {
  if (core::utf8::first_invalid(text)) return std::string("$GOFLOW_OUTPUT is not UTF-8 text");
  core::Object outputs;
  Lines lines(text);
  while (auto line = lines.next()) {
    if (line->empty()) continue;
    const int number = lines.number();
    const std::string key(take_key(*line));
    if (!key.empty() && line->substr(0, 1) == "=") {
      outputs.set(key, line->substr(1));
    } else if (!key.empty() && line->substr(0, 2) == "<<" && line->size() > 2) {
      const std::string_view word = line->substr(2);
      auto block = take_block(lines, word);
      if (!block) return at_line(number, "no line '" + std::string(word) + "' ends '" + key + "'");
      outputs.set(key, *std::move(block));
    } else {
      return at_line(number, "expected 'key=value' or 'key<<WORD'");
    }
  }
  return outputs;
}

}  // namespace goflow::engine
