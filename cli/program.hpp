// From the words of a command line to an exit code.
#pragma once

#include "cli/command/command_tree.hpp"
#include "cli/io/environment.hpp"
#include "cli/io/terminal.hpp"

#include <string>
#include <vector>

namespace goflow::cli {

/// Runs one command line, without the program's name.
int run_program(const CommandTree& tree,
                const std::vector<std::string>& words,
                Terminal& terminal,
                const Environment& environment);

}  // namespace goflow::cli
