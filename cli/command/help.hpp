// The help of a command, of a noun and of goflow itself.
#pragma once

#include "cli/command/command_tree.hpp"

#include <cstddef>
#include <string>

namespace goflow::cli {

/// "goflow exec list [WORKFLOW] [options]"
std::string usage_line(const Command& command);

/// What it is for, with its values and default.
std::string meaning_of(const Option& option);
std::string meaning_of(const Positional& positional);

/// Examples first, then usage and the options by group.
std::string command_help(const Command& command, std::size_t width);

/// The verbs of a noun.
std::string noun_help(const CommandTree& tree, const Noun& noun, std::size_t width);

/// What a bare `goflow` prints.
std::string program_help(const CommandTree& tree, std::size_t width);

}  // namespace goflow::cli
