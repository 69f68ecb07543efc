// The node types of the format: how they are written, and who reads them.
#pragma once

#include "core/workflow/form.hpp"
#include "core/workflow/nodes/node_reading.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace goflow::core {

struct NodeTypeFacts {
  std::string_view word;  // as it stands behind `type:`
  NodeType type = NodeType::unknown;
  NodeReader read = nullptr;
  std::string_view about;                    // a sentence, for people
  std::vector<std::string_view> marks = {};  // keys that tell the type where it is not written
  Keys keys = {};                            // every key that a node of this type may have
};

std::span<const NodeTypeFacts> node_types();

/// The keys of nodes of whatever type.
const Keys& common_node_keys();
const Keys& goto_keys();

}  // namespace goflow::core
