#include "core/workflow/nodes/node_reading.hpp"

namespace goflow::core {

std::optional<NodeWork> read_start(NodeReading&) {
  return StartNode{};
}

}  // namespace goflow::core
