// Every command of goflow. A new one is its file and two words: its name here, its line in the
// table of commands.cpp.
#pragma once

#include "cli/command/command_tree.hpp"

namespace goflow::cli {

const CommandTree& commands();

MakeAction complete, completion, generate, help, version;

}  // namespace goflow::cli
