// The node types of the format: how they are written, and who reads them.
#pragma once

#include "core/workflow/nodes/node_reading.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace goflow::core {

struct NodeTypeFacts {
  std::string_view word;  // as it stands behind `type:`
  NodeType type = NodeType::unknown;
  NodeReader read = nullptr;  // nullptr: a word of the format that this version cannot run
  std::vector<std::string_view> marks = {};  // keys that tell the type where it is not written
  std::vector<std::string_view> keys = {};   // the other keys of its own
  std::vector<std::string_view> common_keys = {};  // those of output, retry, … that it takes
};

std::span<const NodeTypeFacts> node_types();

/// Every key that a node of this type may have.
std::vector<std::string_view> keys_of(const NodeTypeFacts& facts);

}  // namespace goflow::core
