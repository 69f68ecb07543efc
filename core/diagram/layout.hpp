// A diagram with a place for everything, in cells of a terminal; other pictures scale them.
#pragma once

#include "core/diagram/diagram.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace goflow::core {

struct Cell {
  int column = 0;
  int row = 0;
};

enum class FrameKind {
  node,   // one line: id and type
  group,  // a node with others within; id and type are in its upper border
  branch  // of a parallel node; its name is in its upper border
};

struct Frame {
  FrameKind kind = FrameKind::node;
  Cell at;  // its upper left corner
  int width = 0;
  int height = 0;
  std::string id;    // of a branch: its name
  std::string type;  // of a branch: empty
};

/// Straight, from above to below or from left to right. Lines that cross without having a net in
/// common are not connected.
struct Stroke {
  Cell from;
  Cell to;
  std::size_t net = 0;
};

/// The tip of a line just above a frame.
struct ArrowHead {
  Cell at;
};

/// Begins in this cell.
struct LineLabel {
  Cell at;
  std::string text;
};

struct DiagramLayout {
  int width = 0;
  int height = 0;
  std::vector<Frame> frames;  // a frame comes before those within it
  std::vector<Stroke> strokes;
  std::vector<ArrowHead> arrow_heads;
  std::vector<LineLabel> labels;
  std::size_t nets = 0;
};

DiagramLayout lay_out(const DiagramScope& scope);

}  // namespace goflow::core
