// Manual pages, in mdoc, from the command tree.
#pragma once

#include "cli/command/command_tree.hpp"
#include "cli/generate/generated_file.hpp"

#include <vector>

namespace goflow::cli {

/// goflow.1, one page for each command that is not hidden (goflow-exec-list.1), and the topics.
std::vector<GeneratedFile> man_pages(const CommandTree& tree);

}  // namespace goflow::cli
