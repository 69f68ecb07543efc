// The text of a workflow file, and where in it a byte stands for a reader's eye.
#pragma once

#include "core/workflow/workflow.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace goflow::core {

/// A stretch of the file, in bytes.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Knows lines and characters in a time that does not depend on their length: a file may be one
/// line of eight megabytes.
class SourceText {
 public:
  /// `text` is UTF-8 and must outlive this.
  explicit SourceText(std::string_view text);

  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] Position position(std::size_t offset) const;
  /// Characters of the span on its first line; at least one.
  [[nodiscard]] int width(Span span) const;
  /// The offset where a line begins, counted from 1; the end of the text beyond the last.
  [[nodiscard]] std::size_t line_begin(int line) const;

 private:
  [[nodiscard]] std::size_t line_end(std::size_t offset) const;
  [[nodiscard]] std::size_t characters_between(std::size_t begin, std::size_t end) const;
  [[nodiscard]] std::size_t characters_before(std::size_t offset) const;

  std::string_view text_;
  std::vector<std::size_t> lines_;        // where each begins
  std::vector<std::size_t> checkpoints_;  // characters before every 1024th byte
};

}  // namespace goflow::core
