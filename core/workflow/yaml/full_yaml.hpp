// YAML as yaml-cpp reads it: all of the language, and what is wrong with a text.
#pragma once

#include "core/workflow/yaml/yaml_tree.hpp"

namespace goflow::core {

/// nullptr when there is a problem, which is then among `problems`. `source` is valid UTF-8.
YamlPtr read_full_yaml(const SourceText& source, Problems& problems);

}  // namespace goflow::core
