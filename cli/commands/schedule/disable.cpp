// goflow schedule disable: keep a schedule from running.
#include "cli/commands/commands.hpp"
#include "cli/commands/schedule/switching.hpp"

namespace goflow::cli {
namespace {

void declare(Command& command, SwitchOptions& options) {
  command.summary("keep schedules from running")
      .describe(
          "Until 'goflow schedule enable' nothing is begun by the schedule, by timers and workers "
          "neither. What runs already goes on, and 'goflow run' works as ever.")
      .example("goflow schedule disable nightly", "while the server is being moved")
      .exit_code(3, "no such workflow")
      .exit_code(6, "the workflow has no schedule");
  declare_switching(command, options);
}

core::Result<void> run(const SwitchOptions& options, Context& context) {
  return switch_schedules(options, false, context);
}

}  // namespace

std::unique_ptr<Action> schedule_disable() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
