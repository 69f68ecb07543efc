// Whether two readers of YAML have understood the same, places included.
#pragma once

#include "core/workflow/yaml/yaml_tree.hpp"

#include <algorithm>

namespace goflow::test {

inline bool same_yaml(const core::YamlNode& a, const core::YamlNode& b) {
  const auto same_place = [](core::Span one, core::Span other) {
    return one.begin == other.begin && one.end == other.end;
  };
  const auto same_item = [](const core::YamlPtr& one, const core::YamlPtr& other) {
    return same_yaml(*one, *other);
  };
  const auto same_member = [&](const core::YamlMember& one, const core::YamlMember& other) {
    return one.key == other.key && same_place(one.key_at, other.key_at) &&
           same_yaml(*one.value, *other.value);
  };
  return a.kind == b.kind && same_place(a.at, b.at) && a.text == b.text && a.scalar == b.scalar &&
         a.values == b.values && a.height == b.height &&
         std::ranges::equal(a.items, b.items, same_item) &&
         std::ranges::equal(a.members, b.members, same_member);
}

}  // namespace goflow::test
