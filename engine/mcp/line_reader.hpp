// Cuts what comes through a pipe into lines.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace goflow::engine {

class LineReader {
 public:
  explicit LineReader(std::size_t longest) : longest_(longest) {}

  void append(std::string_view bytes) { bytes_ += bytes; }
  /// The next whole line, without its end.
  std::optional<std::string> next();
  /// The line that is coming in is longer than any may be.
  [[nodiscard]] bool is_overfull() const { return bytes_.size() - begin_ > longest_; }

 private:
  std::size_t longest_;
  std::string bytes_;
  std::size_t begin_ = 0;   // of the next line
  std::size_t looked_ = 0;  // up to where no line end was found
};

}  // namespace goflow::engine
