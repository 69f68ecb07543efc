#include "cli/commands/schedule/switching.hpp"

#include "cli/commands/schedule/scheduled_workflow.hpp"

namespace goflow::cli {

using core::Result;

void declare_switching(Command& command, SwitchOptions& options) {
  command.positional("WORKFLOW...", options.workflows, "names of saved workflows")
      .completes(CompletesWith::workflow_id);
}

Result<void> switch_schedules(const SwitchOptions& options, bool enabled, Context& context) {
  std::vector<ScheduledWorkflow> scheduled;
  for (const std::string& id : options.workflows) {
    GOFLOW_TRY(auto one, find_scheduled_workflow(id, context));
    scheduled.push_back(std::move(one));
  }
  GOFLOW_TRY(core::ScheduleStore * store, context.schedules());
  const core::Timestamp now = context.now();
  for (const ScheduledWorkflow& one : scheduled) {
    const std::string& id = one.workflow.id;
    GOFLOW_TRY(store->set_enabled(id, enabled, now));
    if (!enabled) {
      context.tell("disabled '" + id + "'; again: goflow schedule enable " + id);
      continue;
    }
    GOFLOW_TRY(const std::string next, next_three(one.schedule(), now));
    context.tell("enabled '" + id + "'; " + next);
  }
  return {};
}

}  // namespace goflow::cli
