// YAML as nearly all files write it, read at once.
#pragma once

#include "core/workflow/yaml/yaml_tree.hpp"

namespace goflow::core {

/// The tree that read_full_yaml() gives, in a tenth of its time. nullptr when the text holds more
/// than maps and lists by indentation, texts and brackets of one line, and `|` blocks; or anything
/// that is wrong, which is for read_full_yaml() to tell. `source` is valid UTF-8.
YamlPtr read_plain_yaml(const SourceText& source);

}  // namespace goflow::core
