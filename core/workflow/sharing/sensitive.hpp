// Finds what a workflow file must not be shared with.
#pragma once

#include "core/workflow/yaml/yaml_tree.hpp"

#include <string>
#include <vector>

namespace goflow::core {

/// A member of a map, and that map's own key.
struct SensitiveMember {
  const YamlNode* map = nullptr;
  const YamlMember* member = nullptr;
  const YamlMember* parent = nullptr;  // nullptr: the map is an item of a list
  std::string what;
};

struct SensitiveParts {
  std::vector<SensitiveMember> secrets;     // to be removed
  std::vector<SensitiveMember> references;  // whose value is to be replaced
  std::vector<const YamlNode*> tokens;      // texts that look like one
};

/// What stands for the value of a reference.
inline constexpr std::string_view reference_placeholder = "<CREDENTIAL_REF_REQUIRED>";

SensitiveParts find_sensitive(const YamlNode& root);

}  // namespace goflow::core
