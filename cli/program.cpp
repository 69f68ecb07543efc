#include "cli/program.hpp"

#include "cli/command/error_text.hpp"
#include "cli/command/exit_code.hpp"
#include "cli/command/invocation.hpp"
#include "cli/context.hpp"
#include "core/value/payload.hpp"

namespace goflow::cli {
namespace {

/// Without the flag the environment decides.
void apply(ColorChoice choice, Terminal& terminal) {
  if (choice == ColorChoice::always) terminal.wish_colour(ColourWish::always);
  if (choice == ColorChoice::never) terminal.wish_colour(ColourWish::never);
}

core::Result<void> run_words(const CommandTree& tree,
                             const std::vector<std::string>& words,
                             Terminal& terminal,
                             const Environment& environment) {
  GOFLOW_TRY(const Invocation invocation, read_command_line(tree, words));
  apply(invocation.global.color, terminal);
  Context context(invocation.global, terminal, environment);
  try {
    return invocation.action->run(context);
  } catch (const core::PayloadUnavailable& lost) {
    // A value of the history that it wanted to show.
    return lost.error();
  }
}

}  // namespace

int run_program(const CommandTree& tree,
                const std::vector<std::string>& words,
                Terminal& terminal,
                const Environment& environment) {
  core::Result<void> result = run_words(tree, words, terminal, environment);
  // A full disk behind stdout is a fault of its own, a reader who went away is none.
  if (core::Result<void> written = terminal.out().finish(); result.ok()) {
    result = std::move(written);
  }
  if (result.ok()) return 0;
  const core::Error& error = result.error();
  // Without a message: everything was said already, only the exit code is left to tell.
  if (!error.message.empty()) {
    terminal.err().write(asks_for_json(words) ? error_json(error) : error_text(error));
  }
  return exit_code_of(error.code);
}

}  // namespace goflow::cli
