// Colours and symbols; each symbol has a word beside it, so that nothing is said by colour alone.
#pragma once

#include "core/execution/status.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace goflow::cli {

enum class Tone { plain, bold, dim, red, green, yellow, cyan };

/// A state for the eye.
struct Mark {
  std::string_view symbol;
  std::string_view ascii_symbol;
  std::string_view word;
  Tone tone = Tone::plain;
};

Mark mark_of(core::NodeStatus status);
Mark mark_of(core::ExecutionStatus status);
/// For what is no state of a run: a check that passed, a warning, a fault, nothing to tell.
Mark ok_mark(std::string_view word);
Mark warning_mark(std::string_view word);
Mark fault_mark(std::string_view word);
Mark neutral_mark(std::string_view word);

enum class Colour { off, on };
enum class Charset { ascii, utf8 };

/// What one stream can show.
class Style {
 public:
  Style(Colour colour, Charset charset) : colour_(colour), charset_(charset) {}

  [[nodiscard]] std::string paint(Tone tone, std::string_view text) const;
  [[nodiscard]] std::string_view symbol(const Mark& mark) const;
  /// "✓ completed", painted.
  [[nodiscard]] std::string text(const Mark& mark) const;
  /// The first where the stream shows UTF-8.
  [[nodiscard]] std::string_view choose(std::string_view utf8, std::string_view ascii) const;
  [[nodiscard]] std::string_view ellipsis() const { return choose("…", "..."); }
  [[nodiscard]] bool is_utf8() const { return charset_ == Charset::utf8; }

 private:
  Colour colour_;
  Charset charset_;
};

}  // namespace goflow::cli
