// The root of a workflow file, whatever else may be wrong with it.
#pragma once

#include "core/base/result.hpp"
#include "core/workflow/yaml/yaml_tree.hpp"

#include <string_view>

namespace goflow::core {

/// An Error, with file, line and column, when the text is not YAML or not a map.
Result<YamlPtr> read_yaml_map(std::string_view text, std::string_view file);

}  // namespace goflow::core
