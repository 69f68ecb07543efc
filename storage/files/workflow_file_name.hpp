// Which files are workflows: <id>.yaml or <id>.yml.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace goflow::storage {

/// The first one that is there counts.
inline constexpr std::array<std::string_view, 2> workflow_endings{".yaml", ".yml"};

/// No id can name a file outside of the folder, or a hidden one.
bool is_workflow_id(std::string_view id);

/// "nightly" of "nightly.yaml"; empty when the file is not meant to be a workflow. It need not be
/// an id: people give files all sorts of names.
std::string_view workflow_stem(std::string_view file_name);

/// By stem, and of two that differ in the ending alone the first counts.
bool is_listed_before(std::string_view file_name, std::string_view other);

}  // namespace goflow::storage
