// From the words of a command line to an exit code.
#pragma once

#include "cli/command/command_tree.hpp"

#include <ostream>
#include <string>
#include <vector>

namespace goflow::cli {

/// Runs one command line, without the program's name. Errors go to `err`.
int run_program(const CommandTree& tree,
                const std::vector<std::string>& words,
                std::ostream& out,
                std::ostream& err);

}  // namespace goflow::cli
