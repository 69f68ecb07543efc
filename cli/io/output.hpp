// One of the two streams that goflow writes to, buffered.
#pragma once

#include "cli/io/style.hpp"
#include "core/base/result.hpp"

#include <string>
#include <string_view>

namespace goflow::cli {

/// What is written is kept until flush(), until there is much of it, or until the end.
/// A reader who went away (`| head`) is a quiet end: what comes after it is dropped.
class Output {
 public:
  /// Writes to a file descriptor, which stays open.
  explicit Output(int descriptor) : descriptor_(descriptor) {}
  ~Output() { flush(); }
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  /// Keeps everything for collected() from now on.
  void collect() { descriptor_ = nowhere; }
  /// Whatever waits in the other stream goes out before anything of this one does.
  void follow(Output& other) { earlier_ = &other; }

  void write(std::string_view text);
  /// Goes out at once; no copy of it is kept.
  void write_secret(std::string_view bytes);
  /// The text and a line break.
  void line(std::string_view text);
  void flush();
  /// Flushes and tells whether everything arrived, as far as anybody read it.
  core::Result<void> finish();

  [[nodiscard]] bool is_terminal() const { return is_terminal_; }
  [[nodiscard]] const Style& style() const { return style_; }
  void appear(bool is_terminal, Style style);

  [[nodiscard]] const std::string& collected() const { return buffer_; }
  /// Found out without writing: one who waits for something to write can ask.
  [[nodiscard]] bool reader_is_gone() const;

 private:
  static constexpr int nowhere = -1;

  void send(std::string_view bytes);

  int descriptor_;
  Output* earlier_ = nullptr;
  std::string buffer_;
  int error_number_ = 0;  // of the first write that failed; nothing is written after it
  bool is_terminal_ = false;
  Style style_{Colour::off, Charset::utf8};
};

}  // namespace goflow::cli
