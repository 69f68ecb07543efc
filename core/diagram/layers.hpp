// Which node stands in which row, and beside which: the order in which a picture can be read.
#pragma once

#include "core/diagram/diagram.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace goflow::core {

/// A place in a row.
struct LayerSlot {
  std::optional<std::size_t> node;  // nullopt: only a line to a later row passes through
};

/// A piece of an edge, from a slot of one row to one of the next.
struct LayerLink {
  std::size_t from = 0;
  std::size_t to = 0;
  std::size_t edge = 0;
  bool is_first = false;  // leaves the node of its edge
};

struct Layers {
  std::vector<LayerSlot> slots;
  std::vector<std::vector<std::size_t>> rows;  // of slots, from left to right
  std::vector<LayerLink> links;
};

/// Every node stands below all that lead to it, and few lines cross. The edges form no cycle.
Layers layers_of(std::size_t nodes, const std::vector<DiagramEdge>& edges);

}  // namespace goflow::core
