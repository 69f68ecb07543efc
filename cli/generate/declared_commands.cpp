#include "cli/generate/declared_commands.hpp"

#include "cli/command/global_options.hpp"

namespace goflow::cli {

std::vector<Command> declared_commands(const CommandTree& tree) {
  std::vector<Command> commands;
  for (const CommandEntry& entry : tree.commands) {
    if (!is_hidden(entry)) commands.push_back(declare(entry, entry.path).command);
  }
  return commands;
}

Command global_command() {
  GlobalOptions ignored;
  Command global("", "");
  declare(global, ignored);
  return global;
}

std::vector<Option> shown_options(const Command& command) {
  std::vector<Option> shown;
  for (const Option& option : command.options()) {
    if (!option.is_hidden) shown.push_back(option);
  }
  return shown;
}

std::string alias_note(const Alias& alias) {
  return "short for: goflow " + std::string(alias.target);
}

}  // namespace goflow::cli
