// Changes one entry in the text of a YAML file and leaves all else as its author wrote it.
#pragma once

#include "core/workflow/yaml/yaml_tree.hpp"

#include <string>
#include <string_view>

namespace goflow::core {

/// `parent` is the member whose value the map is; nullptr: it is an item of a list. Of unusual YAML
/// the result may be wrong: who calls this reads it back.
std::string without_member(std::string text,
                           const YamlNode& map,
                           const YamlMember& member,
                           const YamlMember* parent);

/// `value` stands as it is for the scalar behind the key.
std::string with_scalar(std::string text,
                        const YamlNode& map,
                        const YamlMember& member,
                        std::string_view value);

/// A further member in front of the others.
std::string with_first_member(std::string text, const YamlNode& map, std::string_view member);

}  // namespace goflow::core
