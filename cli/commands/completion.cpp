#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/generate/completions.hpp"

namespace goflow::cli {
namespace {

using MakeScript = std::string (*)(const CommandTree& tree);

struct CompletionOptions {
  MakeScript make = nullptr;
};

void declare(Command& command, CompletionOptions& options) {
  const Choices<MakeScript> shells{
      {"bash", bash_completion}, {"zsh", zsh_completion}, {"fish", fish_completion}};
  command.summary("print what teaches a shell to complete goflow's words")
      .example("source <(goflow completion bash)", "for this bash; or put it into ~/.bashrc")
      .example("goflow completion zsh >\"${fpath[1]}/_goflow\"", "for zsh")
      .example("goflow completion fish >~/.config/fish/completions/goflow.fish", "for fish");
  command.positional("SHELL", options.make, shells, "the shell");
}

core::Result<void> run(const CompletionOptions& options, Context& context) {
  context.out().write(options.make(commands()));
  return {};
}

}  // namespace

std::unique_ptr<Action> completion() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
