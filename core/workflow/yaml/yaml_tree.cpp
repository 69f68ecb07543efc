#include "core/workflow/yaml/yaml_tree.hpp"

#include <algorithm>

namespace goflow::core {

const YamlMember* YamlNode::find_among_members(std::string_view key) const {
  const auto found = std::find_if(members.begin(), members.end(), [key](const YamlMember& member) {
    return member.key == key;
  });
  return found == members.end() ? nullptr : &*found;
}

std::string describe(const YamlNode& node) {
  if (node.is_list()) return "a list";
  if (node.is_map()) return "a map";
  if (node.scalar.is_null()) return "null";
  if (node.scalar.is_boolean()) return "the boolean " + std::string(node.text);
  if (node.scalar.is_number()) return "the number " + std::string(node.text);
  constexpr std::size_t shown = 40;
  const bool fits = node.text.size() <= shown && node.text.find('\n') == std::string::npos;
  return fits ? "text '" + std::string(node.text) + "'" : "text";
}

Value to_value(const YamlNode& node) {
  if (node.is_scalar()) return node.scalar.to_value();
  if (node.is_list()) {
    Array items;
    items.reserve(node.items.size());
    for (const YamlNode* item : node.items) {
      items.push_back(to_value(*item));
    }
    return items;
  }
  Object members;
  for (const YamlMember& member : node.members) {
    members.set(std::string(member.key), to_value(*member.value));
  }
  return members;
}

}  // namespace goflow::core
