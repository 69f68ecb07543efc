#include "core/diagram/svg.hpp"

#include "core/diagram/layout.hpp"

#include <fmt/format.h>

#include <string_view>

namespace goflow::core {
namespace {

// A cell of the layout, in pixels: what a character of a monospaced font of 14 pixels takes.
constexpr double cell_width = 8.5;
constexpr double cell_height = 18;
constexpr double margin = 12;
constexpr double head_length = 9;

constexpr std::string_view style = R"css(
  svg { background: #fff; font: 14px ui-monospace, monospace; }
  text { fill: #1f2328; }
  .type, .label, .branch-name { fill: #59636e; }
  .node { fill: #f6f8fa; stroke: #59636e; }
  .group, .branch { fill: none; stroke: #818b98; }
  .branch { stroke-dasharray: 4 3; }
  .line { fill: none; stroke: #59636e; stroke-width: 1.5; }
  .head { fill: #59636e; }
  .id { font-weight: bold; }
  @media (prefers-color-scheme: dark) {
    svg { background: #0d1117; }
    text { fill: #f0f6fc; }
    .type, .label, .branch-name { fill: #9198a1; }
    .node { fill: #151b23; stroke: #9198a1; }
    .line { stroke: #9198a1; }
    .head { fill: #9198a1; }
  }
)css";

std::string escaped(std::string_view text) {
  std::string escaped;
  for (const char character : text) {
    switch (character) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        escaped += character;
    }
  }
  return escaped;
}

double middle_x(Cell cell) {
  return margin + (cell.column + 0.5) * cell_width;
}

double middle_y(Cell cell) {
  return margin + (cell.row + 0.5) * cell_height;
}

class SvgText {
 public:
  SvgText(const DiagramLayout& layout, std::string_view title) {
    const double width = 2 * margin + layout.width * cell_width;
    const double height = 2 * margin + layout.height * cell_height;
    add(fmt::format(R"(<svg xmlns="http://www.w3.org/2000/svg" width="{0:.0f}" height="{1:.0f}" )"
                    R"(viewBox="0 0 {0:.0f} {1:.0f}">)",
                    width,
                    height));
    add(fmt::format("<title>{}</title>", escaped(title)));
    add(fmt::format("<style>{}</style>", style));
    for (const Frame& frame : layout.frames) {
      add_frame(frame);
    }
    for (const Stroke& stroke : layout.strokes) {
      add_stroke(stroke);
    }
    for (const ArrowHead& head : layout.arrow_heads) {
      add_head(head);
    }
    for (const LineLabel& label : layout.labels) {
      add_text(label.at, "label", label.text);
    }
    add("</svg>");
  }

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  void add(const std::string& element) { (text_ += element) += '\n'; }

  void add_frame(const Frame& frame) {
    const bool is_node = frame.kind == FrameKind::node;
    const std::string_view kind = is_node                           ? "node"
                                  : frame.kind == FrameKind::branch ? "branch"
                                                                    : "group";
    add(fmt::format(
        R"(<rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" rx="6"/>)",
        kind,
        middle_x(frame.at),
        middle_y(frame.at),
        (frame.width - 1) * cell_width,
        (frame.height - 1) * cell_height));
    const Cell title{frame.at.column + 2, frame.at.row + (is_node ? 1 : 0)};
    const double y = middle_y(title) + (is_node ? 5 : 14);
    if (frame.type.empty()) {
      add(fmt::format(R"(<text class="branch-name" x="{:.1f}" y="{:.1f}">{}</text>)",
                      margin + title.column * cell_width,
                      y,
                      escaped(frame.id)));
      return;
    }
    add(fmt::format(
        R"(<text x="{:.1f}" y="{:.1f}"><tspan class="id">{}</tspan><tspan class="type" dx="{:.1f}">)"
        R"({}</tspan></text>)",
        margin + title.column * cell_width,
        y,
        escaped(frame.id),
        2 * cell_width,
        escaped(frame.type)));
  }

  void add_stroke(const Stroke& stroke) {
    add(fmt::format(R"(<path class="line" d="M{:.1f} {:.1f}L{:.1f} {:.1f}"/>)",
                    middle_x(stroke.from),
                    middle_y(stroke.from),
                    middle_x(stroke.to),
                    middle_y(stroke.to)));
  }

  /// From the end of the line to the border below it.
  void add_head(const ArrowHead& head) {
    const double length = cell_height - head_length;
    add(fmt::format(R"(<path class="line" d="M{0:.1f} {1:.1f}v{2:.1f}"/>)"
                    R"(<path class="head" d="M{0:.1f} {1:.1f}m-5 {2:.1f}h10l-5 {3:.1f}z"/>)",
                    middle_x(head.at),
                    middle_y(head.at),
                    length,
                    head_length));
  }

  void add_text(Cell at, std::string_view kind, std::string_view text) {
    add(fmt::format(R"(<text class="{}" x="{:.1f}" y="{:.1f}">{}</text>)",
                    kind,
                    margin + at.column * cell_width,
                    middle_y(at) + 5,
                    escaped(text)));
  }

  std::string text_;
};

}  // namespace

std::string svg_of(const DiagramScope& diagram) {
  return SvgText(lay_out(diagram), diagram.title).text();
}

}  // namespace goflow::core
