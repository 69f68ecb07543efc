// Manual pages, in mdoc, from the command tree.
#pragma once

#include "cli/command/command_tree.hpp"

#include <string>
#include <vector>

namespace goflow::cli {

struct GeneratedFile {
  std::string name;
  std::string content;
};

/// goflow.1, and one page for each command that is not hidden: goflow-exec-list.1.
std::vector<GeneratedFile> man_pages(const CommandTree& tree);

}  // namespace goflow::cli
