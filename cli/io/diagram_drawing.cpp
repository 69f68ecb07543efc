#include "cli/io/diagram_drawing.hpp"

#include "core/base/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace goflow::cli {
namespace {

using core::Cell;
using core::Frame;
using core::FrameKind;

// Where lines leave the middle of a cell.
using Directions = unsigned;
constexpr Directions up = 1;
constexpr Directions right = 2;
constexpr Directions down = 4;
constexpr Directions left = 8;
constexpr Directions upright = up | down;
constexpr Directions level = left | right;

// By directions.
constexpr std::array<std::string_view, 16> lines{
    " ", "│", "─", "└", "│", "│", "┌", "├", "─", "┘", "─", "┴", "┐", "┤", "┬", "┼"};
constexpr std::array<std::string_view, 16> ascii_lines{
    " ", "|", "-", "+", "|", "|", "+", "+", "-", "+", "-", "+", "+", "+", "+", "+"};
// Corners of what is no node of its own.
constexpr std::array<std::string_view, 16> round_corners{
    " ", "│", "─", "╰", "│", "│", "╭", "├", "─", "╯", "─", "┴", "╮", "┤", "┬", "┼"};

/// What one net draws in a cell. Borders are a net as well.
struct Ink {
  std::size_t net = 0;
  Directions directions = 0;
};

struct Glyph {
  std::string text;
  Tone tone = Tone::plain;
};

class Canvas {
 public:
  Canvas(int width, int height, const Style& style)
      : style_(style),
        width_(static_cast<std::size_t>(width)),
        inks_(width_ * static_cast<std::size_t>(height)),
        glyphs_(inks_.size()),
        is_round_(inks_.size(), false) {}

  void line(Cell from, Cell to, std::size_t net) {
    const bool is_level = from.row == to.row;
    const int length = is_level ? to.column - from.column : to.row - from.row;
    for (int step = 0; step <= length; ++step) {
      const Cell at =
          is_level ? Cell{from.column + step, from.row} : Cell{from.column, from.row + step};
      if (step > 0) ink(at, net, is_level ? left : up);
      if (step < length) ink(at, net, is_level ? right : down);
    }
  }

  void border(const Frame& frame, std::size_t net) {
    const Cell begin = frame.at;
    const Cell end{begin.column + frame.width - 1, begin.row + frame.height - 1};
    line(begin, {end.column, begin.row}, net);
    line({begin.column, end.row}, end, net);
    line(begin, {begin.column, end.row}, net);
    line({end.column, begin.row}, end, net);
    if (frame.kind == FrameKind::node) return;
    for (const Cell corner :
         {begin, Cell{end.column, begin.row}, Cell{begin.column, end.row}, end}) {
      is_round_[index(corner)] = true;
    }
  }

  void write(Cell at, std::string_view text, Tone tone) {
    std::size_t place = index(at);
    while (!text.empty()) {
      const std::string_view character = core::utf8::first(text);
      glyphs_[place++] = Glyph{std::string(character), tone};
      text.remove_prefix(character.size());
    }
  }

  [[nodiscard]] std::string text() const {
    std::string text;
    for (std::size_t begin = 0; begin < inks_.size(); begin += width_) {
      text += row(begin) + '\n';
    }
    return text;
  }

 private:
  [[nodiscard]] std::size_t index(Cell at) const {
    return static_cast<std::size_t>(at.row) * width_ + static_cast<std::size_t>(at.column);
  }

  void ink(Cell at, std::size_t net, Directions directions) {
    std::vector<Ink>& inks = inks_[index(at)];
    const auto same = [&](const Ink& known) { return known.net == net; };
    const auto known = std::find_if(inks.begin(), inks.end(), same);
    if (known == inks.end()) {
      inks.push_back({net, directions});
    } else {
      known->directions |= directions;
    }
  }

  /// One that passes under another is interrupted there.
  [[nodiscard]] static Directions directions_of(const std::vector<Ink>& inks) {
    Directions all = 0;
    bool only_pass = inks.size() > 1;
    for (const Ink& ink : inks) {
      all |= ink.directions;
      only_pass = only_pass && (ink.directions == upright || ink.directions == level);
    }
    return only_pass ? upright : all;
  }

  [[nodiscard]] Glyph glyph(std::size_t place) const {
    if (glyphs_[place]) return *glyphs_[place];
    const Directions directions = directions_of(inks_[place]);
    const auto& utf8 = is_round_[place] ? round_corners : lines;
    return {std::string(style_.choose(utf8.at(directions), ascii_lines.at(directions))), Tone::dim};
  }

  /// Without the spaces at its end; neighbours of the same tone are painted together.
  [[nodiscard]] std::string row(std::size_t begin) const {
    std::string painted;
    std::string spaces;
    Glyph run;
    for (std::size_t place = begin; place < begin + width_; ++place) {
      const Glyph next = glyph(place);
      if (next.text == " ") {
        spaces += ' ';
        continue;
      }
      if (next.tone != run.tone) {
        painted += paint(run) + spaces;
        spaces.clear();
        run = Glyph{{}, next.tone};
      }
      run.text += spaces + next.text;
      spaces.clear();
    }
    return painted + paint(run);
  }

  [[nodiscard]] std::string paint(const Glyph& run) const {
    return run.text.empty() ? "" : style_.paint(run.tone, run.text);
  }

  const Style& style_;
  std::size_t width_;
  std::vector<std::vector<Ink>> inks_;
  std::vector<std::optional<Glyph>> glyphs_;
  std::vector<bool> is_round_;
};

void draw_title(Canvas& canvas, const Frame& frame) {
  const bool is_node = frame.kind == FrameKind::node;
  Cell at{frame.at.column + 2, frame.at.row + (is_node ? 1 : 0)};
  // A title in a border keeps a space on either side.
  const std::string_view around = is_node ? "" : " ";
  const Tone tone = frame.kind == FrameKind::branch ? Tone::plain : Tone::bold;
  canvas.write(at, std::string(around) + frame.id, tone);
  at.column += static_cast<int>(around.size() + core::utf8::length(frame.id));
  const std::string type = frame.type.empty() ? "" : "  " + frame.type;
  canvas.write(at, type + std::string(around), Tone::dim);
}

}  // namespace

std::string draw(const core::DiagramLayout& layout, const Style& style) {
  Canvas canvas(layout.width, layout.height, style);
  std::size_t net = layout.nets;
  for (const Frame& frame : layout.frames) {
    canvas.border(frame, net++);
  }
  for (const core::Stroke& stroke : layout.strokes) {
    canvas.line(stroke.from, stroke.to, stroke.net);
  }
  for (const Frame& frame : layout.frames) {
    draw_title(canvas, frame);
  }
  for (const core::ArrowHead& head : layout.arrow_heads) {
    canvas.write(head.at, style.choose("▼", "v"), Tone::dim);
  }
  for (const core::LineLabel& label : layout.labels) {
    canvas.write(label.at, label.text, Tone::plain);
  }
  return canvas.text();
}

}  // namespace goflow::cli
