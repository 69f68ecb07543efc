#include "core/diagram/layout.hpp"

#include "core/base/utf8.hpp"
#include "core/diagram/columns.hpp"
#include "core/diagram/layers.hpp"
#include "core/diagram/routing.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

namespace goflow::core {
namespace {

constexpr int space_between_nodes = 2;
constexpr int border = 1;
constexpr int padding = 1;  // between a border and a text or a frame beside it
constexpr int node_height = 3;
// How far from the middle a line may end where it would touch another one.
constexpr int room_beside_middle = 2;
constexpr int room_beside_passage = 1;

int length_of(std::string_view text) {
  return static_cast<int>(utf8::length(text));
}

/// "id  type"
int title_length(const Frame& frame) {
  const int type = length_of(frame.type);
  return length_of(frame.id) + (type == 0 ? 0 : 2 + type);
}

/// Odd, so that there is a middle column.
int odd(int width) {
  return width | 1;
}

void move(DiagramLayout& layout, Cell by) {
  const auto shift = [&](Cell& cell) {
    cell.column += by.column;
    cell.row += by.row;
  };
  for (Frame& frame : layout.frames)
    shift(frame.at);
  for (Stroke& stroke : layout.strokes) {
    shift(stroke.from);
    shift(stroke.to);
  }
  for (ArrowHead& head : layout.arrow_heads)
    shift(head.at);
  for (LineLabel& label : layout.labels)
    shift(label.at);
}

template <class T>
void append(std::vector<T>& to, std::vector<T>& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

/// Size and nets of `into` take the part in; the part keeps its place.
void add(DiagramLayout& into, DiagramLayout part) {
  for (Stroke& stroke : part.strokes) {
    stroke.net += into.nets;
  }
  into.nets += part.nets;
  append(into.frames, part.frames);
  append(into.strokes, part.strokes);
  append(into.arrow_heads, part.arrow_heads);
  append(into.labels, part.labels);
}

/// A frame around a picture, which is put into its middle.
DiagramLayout enclose(Frame frame, DiagramLayout content) {
  DiagramLayout layout;
  const int sides = 2 * (border + padding);
  const int title_sides = 2 * (border + 2);
  frame.width = odd(std::max(content.width + sides, title_length(frame) + title_sides));
  frame.height = content.height + 2 * border;
  layout.width = frame.width;
  layout.height = frame.height;
  move(content, {(frame.width - content.width) / 2, border});
  layout.frames.push_back(std::move(frame));
  add(layout, std::move(content));
  return layout;
}

DiagramLayout side_by_side(std::vector<DiagramLayout> parts) {
  DiagramLayout layout;
  for (DiagramLayout& part : parts) {
    if (layout.width > 0) layout.width += padding;
    move(part, {layout.width, 0});
    layout.width += part.width;
    layout.height = std::max(layout.height, part.height);
    add(layout, std::move(part));
  }
  return layout;
}

DiagramLayout lay_out_node(const DiagramNode& node) {
  Frame frame{FrameKind::node, {}, 0, node_height, node.id, node.type};
  if (node.scopes.empty()) {
    DiagramLayout layout;
    frame.width = odd(title_length(frame) + 2 * (border + padding));
    layout.width = frame.width;
    layout.height = frame.height;
    layout.frames.push_back(std::move(frame));
    return layout;
  }
  frame.kind = FrameKind::group;
  std::vector<DiagramLayout> parts;
  for (const DiagramScope& scope : node.scopes) {
    DiagramLayout part = lay_out(scope);
    const bool is_branch = node.scopes.size() > 1 || !scope.title.empty();
    parts.push_back(is_branch ? enclose({FrameKind::branch, {}, 0, 0, scope.title, {}}, part)
                              : std::move(part));
  }
  return enclose(std::move(frame), side_by_side(std::move(parts)));
}

/// The nodes of one scope: row by row, with lines between the rows.
class ScopeLayout {
 public:
  explicit ScopeLayout(const DiagramScope& scope)
      : scope_(scope), layers_(layers_of(scope.nodes.size(), scope.edges)) {
    for (const DiagramNode& node : scope.nodes) {
      pictures_.push_back(lay_out_node(node));
    }
    middles_ = middles_of(layers_, extents(), space_between_nodes);
    for (std::size_t row = 0; row < layers_.rows.size(); ++row) {
      for (const std::size_t slot : layers_.rows[row]) {
        row_of_[slot] = row;
      }
    }
  }

  DiagramLayout build() {
    int top = 0;
    for (std::size_t row = 0; row < layers_.rows.size(); ++row) {
      place_row(row, top);
      top += height_of(row);
      if (row + 1 < layers_.rows.size()) top += draw_gap(row, top);
    }
    layout_.height = top;
    return std::move(layout_);
  }

 private:
  /// A label stands to the right of its line.
  [[nodiscard]] std::vector<SlotExtent> extents() const {
    std::vector<SlotExtent> extents;
    for (const LayerSlot& slot : layers_.slots) {
      const int half = slot.node ? pictures_[*slot.node].width / 2 : 0;
      extents.push_back({half, half});
    }
    for (const LayerLink& link : layers_.links) {
      const std::string& label = scope_.edges[link.edge].label;
      if (!link.is_first || label.empty()) continue;
      int& right = extents[link.to].right;
      right = std::max(right, 1 + length_of(label));
    }
    return extents;
  }

  [[nodiscard]] int height_of(std::size_t row) const {
    int height = 1;
    for (const std::size_t slot : layers_.rows[row]) {
      if (const auto node = layers_.slots[slot].node) {
        height = std::max(height, pictures_[*node].height);
      }
    }
    return height;
  }

  void place_row(std::size_t row, int top) {
    for (const std::size_t slot : layers_.rows[row]) {
      const int middle = middles_[slot];
      const auto node = layers_.slots[slot].node;
      if (!node) {
        passages_.emplace(slot, Cell{middle, top});
        continue;
      }
      DiagramLayout& picture = pictures_[*node];
      bottoms_[slot] = top + picture.height - 1;
      const int left = middle - picture.width / 2;
      layout_.width = std::max(layout_.width, left + picture.width);
      move(picture, {left, top});
      add(layout_, std::move(picture));
    }
  }

  /// Draws all lines from this row to the next; how many rows they need.
  int draw_gap(std::size_t row, int top) {
    std::vector<const LayerLink*> links;
    std::vector<GapLink> ends;
    for (const LayerLink& link : layers_.links) {
      if (row_of_.at(link.from) != row) continue;
      links.push_back(&link);
      const int room = layers_.slots[link.to].node ? room_beside_middle : room_beside_passage;
      ends.push_back({middles_[link.from], middles_[link.to], room});
    }
    const GapRouting routing = route(ends);
    const int arrows = top + static_cast<int>(routing.tracks);
    for (const GapNet& net : routing.nets) {
      draw_net(net, row, top, arrows);
    }
    for (const LayerLink* link : links) {
      finish_line(*link, {end_of_line(link->to, routing), arrows});
    }
    return arrows + 1 - top;
  }

  void draw_net(const GapNet& net, std::size_t row, int top, int arrows) {
    const std::size_t number = layout_.nets++;
    const int turn = net.track ? top + static_cast<int>(*net.track) : arrows;
    for (const std::size_t slot : layers_.rows[row]) {
      const int column = middles_[slot];
      if (!std::binary_search(net.from.begin(), net.from.end(), column)) continue;
      layout_.strokes.push_back({{column, begin_of_line(slot)}, {column, turn}, number});
    }
    if (!net.track) return;
    const int left = std::min(net.from.front(), net.to.front());
    const int right = std::max(net.from.back(), net.to.back());
    layout_.strokes.push_back({{left, turn}, {right, turn}, number});
    for (const int column : net.to) {
      layout_.strokes.push_back({{column, turn}, {column, arrows}, number});
    }
  }

  /// From the lower border of a node, or from the top of the row through which a line passes.
  [[nodiscard]] int begin_of_line(std::size_t slot) const {
    const auto bottom = bottoms_.find(slot);
    return bottom != bottoms_.end() ? bottom->second : passages_.at(slot).row - 1;
  }

  /// A passage moves with the end of its line, a node does not.
  int end_of_line(std::size_t slot, const GapRouting& routing) {
    const auto shifted = routing.shifted.find(middles_[slot]);
    if (shifted == routing.shifted.end()) return middles_[slot];
    if (!layers_.slots[slot].node) middles_[slot] = shifted->second;
    return shifted->second;
  }

  void finish_line(const LayerLink& link, Cell end) {
    if (layers_.slots[link.to].node) layout_.arrow_heads.push_back({end});
    const std::string& label = scope_.edges[link.edge].label;
    if (link.is_first && !label.empty()) {
      layout_.width = std::max(layout_.width, end.column + 2 + length_of(label));
      layout_.labels.push_back({{end.column + 2, end.row}, label});
    }
  }

  const DiagramScope& scope_;
  Layers layers_;
  std::vector<DiagramLayout> pictures_;  // of the nodes
  std::vector<int> middles_;             // of the slots
  std::map<std::size_t, std::size_t> row_of_;
  std::map<std::size_t, int> bottoms_;    // of the slots with a node: their lower border
  std::map<std::size_t, Cell> passages_;  // of the other slots: their upper end
  DiagramLayout layout_;
};

}  // namespace

DiagramLayout lay_out(const DiagramScope& scope) {
  return ScopeLayout(scope).build();
}

}  // namespace goflow::core
