// The text of config.yaml: `name: value` lines, which a person may edit and comment.
#pragma once

#include "core/base/result.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace goflow::core {

struct ConfigEntry {
  std::string name;
  std::string value;
  int line = 0;
};

/// Names that are no settings are entries too: a newer goflow may have written them. An Error, with
/// the line in `file`, when the text is not a YAML map of plain values.
Result<std::vector<ConfigEntry>> read_config(std::string_view text, std::string_view file);

/// The text with the setting at this value, or without it; all else stays byte for byte as it is.
Result<std::string> with_setting(std::string_view text,
                                 std::string_view file,
                                 std::string_view name,
                                 const std::optional<std::string>& value);

}  // namespace goflow::core
