// What the pages and completions are made of.
#pragma once

#include "cli/command/command_tree.hpp"

#include <vector>

namespace goflow::cli {

/// All commands that are not hidden, in the order of the tree.
std::vector<Command> declared_commands(const CommandTree& tree);

/// The options that every command takes.
Command global_command();

/// Without the hidden ones.
std::vector<Option> shown_options(const Command& command);

/// "short for: goflow exec run", with the summary of the command behind it.
std::string alias_note(const Alias& alias);

}  // namespace goflow::cli
