// Which nodes of a RunTree get a row on the screen, and which are only counted.
#pragma once

#include "cli/io/run_tree.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace goflow::cli {

struct RunTreeRow {
  const RunTreeNode* node = nullptr;    // nullptr: a row that only counts others
  const RunTreeNode* inside = nullptr;  // the one node at work in a round, told on the same row
  std::string count = {};               // "37 more"
  std::vector<bool> is_last;            // for this row and each of its owners, outermost first
};

/// At most this many rows. What ended well is counted first, then what did not begin.
std::vector<RunTreeRow> rows_of(const RunTree& tree, std::size_t most);

}  // namespace goflow::cli
