// Completion scripts for three shells from the command tree. Live names come from
// `goflow __complete KIND PREFIX` when a key is pressed; all else is in the script.
#pragma once

#include "cli/command/command_tree.hpp"

#include <string>

namespace goflow::cli {

std::string bash_completion(const CommandTree& tree);
std::string fish_completion(const CommandTree& tree);
std::string zsh_completion(const CommandTree& tree);

}  // namespace goflow::cli
