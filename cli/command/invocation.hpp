// From a command line to an action that is ready to run.
#pragma once

#include "cli/command/command_tree.hpp"
#include "cli/command/global_options.hpp"

#include <memory>
#include <string>
#include <vector>

namespace goflow::cli {

struct Invocation {
  std::unique_ptr<Action> action;
  GlobalOptions global;
};

/// `words` without the program's name. `--help` anywhere, and a noun or nothing alone, become
/// `help WORDS`; `--version` becomes `version`: the tree has to have both commands.
core::Result<Invocation> read_command_line(const CommandTree& tree, std::vector<std::string> words);

}  // namespace goflow::cli
