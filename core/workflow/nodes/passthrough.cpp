#include "core/workflow/nodes/node_reading.hpp"

namespace goflow::core {

std::optional<NodeWork> read_passthrough(NodeReading&) {
  return PassthroughNode{};
}

}  // namespace goflow::core
