// Where a node stands inside its enclosing nodes: "each[3]/parse".
#pragma once

#include <string>
#include <string_view>

namespace goflow::cli {

/// "each[3]/parse" → "each[3]" → "each" → "".
std::string_view enclosing_path(std::string_view path);

/// Whether the path ends in a round or a numbered branch: "each[3]".
bool is_numbered(std::string_view path);

/// The last step for the eye: "parse", or "4" for the round that a path counts as 3.
std::string step_label(std::string_view path);

/// The last step without its number: "parse", "each".
std::string node_id_of(std::string_view path);

}  // namespace goflow::cli
