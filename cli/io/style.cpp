#include "cli/io/style.hpp"

namespace goflow::cli {
namespace {

std::string_view escape_of(Tone tone) {
  switch (tone) {
    case Tone::plain:
      return "";
    case Tone::bold:
      return "\x1b[1m";
    case Tone::dim:
      return "\x1b[2m";
    case Tone::red:
      return "\x1b[31m";
    case Tone::green:
      return "\x1b[32m";
    case Tone::yellow:
      return "\x1b[33m";
    case Tone::cyan:
      return "\x1b[36m";
  }
  return "";
}

constexpr std::string_view back_to_plain = "\x1b[0m";

constexpr Mark running_mark{"⠹", "*", "running", Tone::cyan};
constexpr Mark pending_mark{"·", ".", "pending", Tone::dim};
constexpr Mark cancelled_mark{"!", "!", "cancelled", Tone::yellow};

}  // namespace

Mark ok_mark(std::string_view word) {
  return {"✓", "ok", word, Tone::green};
}

Mark warning_mark(std::string_view word) {
  return {"!", "!", word, Tone::yellow};
}

Mark fault_mark(std::string_view word) {
  return {"✗", "x", word, Tone::red};
}

Mark neutral_mark(std::string_view word) {
  return {"-", "-", word, Tone::dim};
}

Mark mark_of(core::NodeStatus status) {
  switch (status) {
    case core::NodeStatus::pending:
      return pending_mark;
    case core::NodeStatus::running:
      return running_mark;
    case core::NodeStatus::completed:
      return ok_mark("completed");
    case core::NodeStatus::failed:
      return fault_mark("failed");
    case core::NodeStatus::skipped:
      return neutral_mark("skipped");
    case core::NodeStatus::cancelled:
      return cancelled_mark;
  }
  return pending_mark;
}

Mark mark_of(core::ExecutionStatus status) {
  switch (status) {
    case core::ExecutionStatus::pending:
      return pending_mark;
    case core::ExecutionStatus::running:
      return running_mark;
    case core::ExecutionStatus::waiting:
      return {"◦", "*", "waiting", Tone::cyan};
    case core::ExecutionStatus::completed:
      return ok_mark("completed");
    case core::ExecutionStatus::failed:
      return fault_mark("failed");
    case core::ExecutionStatus::cancelled:
      return cancelled_mark;
    case core::ExecutionStatus::timed_out:
      return fault_mark("timed out");
  }
  return pending_mark;
}

std::string Style::paint(Tone tone, std::string_view text) const {
  if (colour_ == Colour::off || tone == Tone::plain || text.empty()) return std::string(text);
  return std::string(escape_of(tone)).append(text).append(back_to_plain);
}

std::string_view Style::symbol(const Mark& mark) const {
  return choose(mark.symbol, mark.ascii_symbol);
}

std::string Style::text(const Mark& mark) const {
  return paint(mark.tone, std::string(symbol(mark)).append(" ").append(mark.word));
}

std::string_view Style::choose(std::string_view utf8, std::string_view ascii) const {
  return is_utf8() ? utf8 : ascii;
}

}  // namespace goflow::cli
