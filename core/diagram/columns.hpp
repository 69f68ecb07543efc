// How far to the right each slot of a picture stands, so that lines are straight where they can be.
#pragma once

#include "core/diagram/layers.hpp"

#include <vector>

namespace goflow::core {

/// What a slot needs on either side of its middle.
struct SlotExtent {
  int left = 0;
  int right = 0;
};

/// The middle of each slot. Between neighbours in a row at least `space` columns stay free; the
/// leftmost extent begins at column 0.
std::vector<int> middles_of(const Layers& layers,
                            const std::vector<SlotExtent>& extents,
                            int space);

}  // namespace goflow::core
