// goflow schedule enable: let a schedule run again.
#include "cli/commands/commands.hpp"
#include "cli/commands/schedule/switching.hpp"

namespace goflow::cli {
namespace {

void declare(Command& command, SwitchOptions& options) {
  command.summary("let schedules run again")
      .describe(
          "They go on from now: what would have come while they were disabled is let go. One that "
          "is enabled already stays as it is.")
      .example("goflow schedule enable nightly", "after 'goflow schedule disable nightly'")
      .exit_code(3, "no such workflow")
      .exit_code(6, "the workflow has no schedule");
  declare_switching(command, options);
}

core::Result<void> run(const SwitchOptions& options, Context& context) {
  return switch_schedules(options, true, context);
}

}  // namespace

std::unique_ptr<Action> schedule_enable() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
