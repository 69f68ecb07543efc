#include "core/workflow/yaml/yaml_tree.hpp"

#include <algorithm>
#include <utility>

namespace goflow::core {
namespace {

/// One of 64 bits. A node is asked for dozens of keys and has a handful: most are told apart by it.
std::uint64_t mark_of(std::string_view key) {
  if (key.empty()) return 1;
  const auto first = static_cast<unsigned char>(key.front());
  const auto last = static_cast<unsigned char>(key.back());
  return std::uint64_t{1} << ((first * 5 + last * 3 + key.size()) % 64);
}

}  // namespace

void YamlNode::add_member(YamlMember member) {
  key_marks |= mark_of(member.key);
  members.push_back(std::move(member));
}

const YamlMember* YamlNode::find(std::string_view key) const {
  if ((key_marks & mark_of(key)) == 0) return nullptr;
  const auto found = std::find_if(members.begin(), members.end(), [key](const YamlMember& member) {
    return member.key == key;
  });
  return found == members.end() ? nullptr : &*found;
}

std::string describe(const YamlNode& node) {
  if (node.is_list()) return "a list";
  if (node.is_map()) return "a map";
  if (node.scalar.is_null()) return "null";
  if (node.scalar.is_boolean()) return "the boolean " + node.text;
  if (node.scalar.is_number()) return "the number " + node.text;
  constexpr std::size_t shown = 40;
  const bool fits = node.text.size() <= shown && node.text.find('\n') == std::string::npos;
  return fits ? "text '" + node.text + "'" : "text";
}

Value to_value(const YamlNode& node) {
  if (node.is_scalar()) return node.scalar;
  if (node.is_list()) {
    Array items;
    items.reserve(node.items.size());
    for (const YamlPtr& item : node.items) {
      items.push_back(to_value(*item));
    }
    return items;
  }
  Object members;
  for (const YamlMember& member : node.members) {
    members.set(member.key, to_value(*member.value));
  }
  return members;
}

}  // namespace goflow::core
