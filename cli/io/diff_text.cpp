#include "cli/io/diff_text.hpp"

#include <algorithm>

namespace goflow::cli {
namespace {

Tone tone_of(std::string_view line) {
  if (line.starts_with("@@")) return Tone::cyan;
  if (line.starts_with('+')) return Tone::green;
  if (line.starts_with('-')) return Tone::red;
  return Tone::plain;
}

}  // namespace

std::string painted_diff(std::string_view diff, const Style& style) {
  std::string text;
  for (int number = 0; !diff.empty(); ++number) {
    const std::string_view line = diff.substr(0, diff.find('\n'));
    const bool is_name = number < 2;
    text += style.paint(is_name ? Tone::bold : tone_of(line), line) + "\n";
    diff.remove_prefix(std::min(line.size() + 1, diff.size()));
  }
  return text;
}

}  // namespace goflow::cli
