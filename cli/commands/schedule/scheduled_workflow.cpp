#include "cli/commands/schedule/scheduled_workflow.hpp"

#include "core/schedule/occurrences.hpp"

#include <utility>

namespace goflow::cli {

using core::Error;
using core::ErrorCode;
using core::Result;

Result<std::vector<std::string>> scheduled_workflow_ids(Context& context) {
  GOFLOW_TRY(core::WorkflowStore * store, context.workflows());
  GOFLOW_TRY(const auto summaries, store->list());
  std::vector<std::string> ids;
  for (const core::WorkflowSummary& summary : summaries) {
    if (!summary.cron.empty()) ids.push_back(summary.id);
  }
  return ids;
}

Result<ScheduledWorkflow> find_scheduled_workflow(const std::string& id, Context& context) {
  GOFLOW_TRY(WorkflowSource source, find_saved_workflow(id, context));
  GOFLOW_TRY(core::Workflow workflow, read_checked(source, OutputChoice(), context));
  if (!workflow.schedule) {
    return Error{ErrorCode::failed_precondition, "workflow '" + id + "' has no schedule"}.with_hint(
        "write one into it, as in: schedule: 0 2 * * 1-5");
  }
  GOFLOW_TRY(core::TimeZone zone, core::TimeZone::find_or_local(workflow.schedule->time_zone));
  return ScheduledWorkflow{std::move(source), std::move(workflow), std::move(zone)};
}

Result<std::vector<std::string>> named_or_all(const std::vector<std::string>& names,
                                              Context& context) {
  return names.empty() ? scheduled_workflow_ids(context) : names;
}

Result<std::string> next_three(const core::Schedule& schedule, core::Timestamp now) {
  GOFLOW_TRY(const core::TimeZone zone, core::TimeZone::find_or_local(schedule.time_zone));
  core::Occurrences occurrences(schedule.lines, zone, now);
  std::string text = "next: ";
  for (int i = 0; i < 3; ++i) {
    const auto time = occurrences.next();
    if (time) text += (i == 0 ? "" : ", ") + zone.format(*time);
  }
  return text;
}

std::string next_times(const core::Workflow& workflow, core::Timestamp now) {
  if (!workflow.schedule) return {};
  auto times = next_three(*workflow.schedule, now);
  return times ? *std::move(times) : std::string();
}

}  // namespace goflow::cli
