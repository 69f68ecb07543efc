// The lines of one log that are new to a reader, one at a time.
#pragma once

#include "core/claimcheck/byte_stream.hpp"
#include "core/execution/log_lines.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace goflow::core {

class LogCursor {
 public:
  struct Reading {
    std::int64_t from = 0;  // so many bytes were read before
    bool goes_on = false;   // a line without its end is not complete yet
    Timestamp end;          // when its node ended, for what has no time of its own
  };

  /// `like`: what all its lines have in common. `log` outlives it.
  LogCursor(const NodeLog& log, LogLine like, Reading reading);

  /// Of the line it stands at. Before the first one: no later than that one's.
  [[nodiscard]] const LogLine& line() const { return line_; }
  [[nodiscard]] bool has_begun() const { return text_.has_value(); }
  /// Steps to the next line; false: there is none. Opens the log at the first call.
  Result<bool> step(LogTexts& texts);
  /// Nothing more is read of it.
  void close() { text_.reset(); }
  /// The byte after the last line it stood at.
  [[nodiscard]] std::int64_t position() const { return position_; }
  [[nodiscard]] const NodeLog& log() const { return *log_; }

 private:
  [[nodiscard]] std::int64_t size() const;
  Result<ByteStream> open(LogTexts& texts) const;
  Result<bool> read_more();
  void take_line(std::size_t length);
  [[nodiscard]] Timestamp time_at(std::int64_t offset);

  const NodeLog* log_;
  LogLine line_;
  Reading reading_;
  std::int64_t position_;
  std::size_t mark_ = 0;  // of those before it none matters any more
  std::optional<ByteStream> text_;
  std::string pending_;  // read, and not yet told from begin_ on
  std::size_t begin_ = 0;
  bool is_at_end_ = false;
};

}  // namespace goflow::core
