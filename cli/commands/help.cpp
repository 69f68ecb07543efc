#include "cli/command/help.hpp"

#include "cli/commands/commands.hpp"
#include "cli/context.hpp"

#include <algorithm>

namespace goflow::cli {
namespace {

struct HelpOptions {
  std::vector<std::string> words;
};

void declare(Command& command, HelpOptions& options) {
  command.summary("explain a command")
      .example("goflow help", "what there is")
      .example("goflow help version", "one command");
  command.positional("[COMMAND...]", options.words, "the words of the command")
      .completes(CompletesWith::command);
}

core::Result<void> run(const HelpOptions& options, Context& context) {
  const CommandTree& tree = commands();
  GOFLOW_TRY(const Address address, find_address(tree, options.words));
  if (address.words < options.words.size()) {
    return core::Error{
        core::ErrorCode::invalid_argument,
        "'goflow " + address.called_as + "' has no command '" + options.words[address.words] + "'"};
  }
  constexpr std::size_t widest_text = 100;  // longer lines are hard to read
  const std::size_t width = std::min(context.terminal().size().columns, widest_text);
  std::string text;
  if (address.command != nullptr) {
    text = command_help(declare(*address.command, address.called_as).command, width);
  } else if (const Noun* noun = tree.find_noun(address.called_as)) {
    text = noun_help(tree, *noun, width);
  } else {
    text = program_help(tree, width);
  }
  context.show(text);
  return {};
}

}  // namespace

std::unique_ptr<Action> help() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
