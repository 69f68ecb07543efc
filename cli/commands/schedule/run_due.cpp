#include "cli/commands/schedule/run_due.hpp"

#include "cli/io/run_outline.hpp"
#include "core/execution/scheduled_execution.hpp"
#include "engine/local/process_identity.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Execution;
using core::ExecutionStatus;
using core::Result;
using core::Timestamp;

constexpr int most_unfinished = 1000;
/// Between its record and its first step.
constexpr std::chrono::seconds about_to_begin(60);
/// Who looks every minute finds it within this time.
constexpr std::chrono::seconds just_saved(90);

/// Where a schedule begins that is seen for the first time: when it was saved, for whoever looks
/// all the time, and otherwise now.
Result<Timestamp> begin_of(const std::string& id, Timestamp now, Context& context) {
  GOFLOW_TRY(core::WorkflowStore * store, context.workflows());
  GOFLOW_TRY(const auto stored, store->find(id));
  const bool is_new = stored && now - stored->updated_at <= just_saved;
  return is_new ? std::min(stored->updated_at, now) : now;
}

Result<std::optional<DueWorkflow>> find_due_one(const std::string& id, Context& context) {
  GOFLOW_TRY(ScheduledWorkflow scheduled, find_scheduled_workflow(id, context));
  GOFLOW_TRY(core::ScheduleStore * store, context.schedules());
  const Timestamp now = context.now();
  GOFLOW_TRY(const Timestamp begin, begin_of(id, now, context));
  GOFLOW_TRY(const core::ScheduleState state, store->find_or_begin(id, begin));
  if (!state.enabled) return std::optional<DueWorkflow>();
  core::Due due =
      core::due_now(scheduled.schedule(), scheduled.zone, state.looked_after_until, now);
  if (due.times.empty()) return std::optional<DueWorkflow>();
  return std::optional(DueWorkflow{std::move(scheduled), std::move(due)});
}

/// The one place that says how a scheduled run is made.
Result<NewExecution> create_for(const DueWorkflow& due,
                                Timestamp time,
                                Beginning beginning,
                                Context& context) {
  const core::Workflow& workflow = due.scheduled.workflow;
  const core::Schedule& schedule = due.scheduled.schedule();
  NewExecutionOptions options;
  options.command = "goflow schedule run";
  options.workflow = workflow.id;
  if (!schedule.instance.empty()) options.instance = schedule.instance;
  options.input_values = schedule.inputs;
  options.labels = {std::string(core::scheduled_for_label) + "=" +
                    core::format_rfc3339_seconds(time)};
  options.id = core::scheduled_execution_id(workflow.id, time);
  return create_new(options, core::Runner::local, beginning, OutputChoice(), context);
}

/// In the queue of a worker it may wait for long; here it is begun soon, or whoever created it
/// died.
bool goes_on(const Execution& execution, Beginning beginning, Timestamp now) {
  if (execution.status != ExecutionStatus::pending) return !engine::is_interrupted(execution, now);
  return beginning == Beginning::later || now - execution.created_at < about_to_begin;
}

/// The one in whose favour new times are let go.
Result<std::optional<Execution>> run_in_the_way(const std::string& workflow_id,
                                                Beginning beginning,
                                                Context& context) {
  GOFLOW_TRY(const auto unfinished,
             unfinished_scheduled_runs(
                 workflow_id,
                 {ExecutionStatus::pending, ExecutionStatus::running, ExecutionStatus::waiting},
                 context));
  const Timestamp now = context.now();
  const auto found = std::find_if(unfinished.begin(), unfinished.end(), [&](const Execution& one) {
    return goes_on(one, beginning, now);
  });
  return found == unfinished.end() ? std::optional<Execution>() : std::optional(*found);
}

/// An invalid workflow was reported with its diagnostics: then there is no message.
void warn_of_failure(const std::string& id, const Error& error, Context& context) {
  context.err().line("warning: the schedule of '" + id + "' is not looked after" +
                     (error.message.empty() ? "" : ": " + error.message));
}

Result<void> enqueue_due_one(const std::string& id, Context& context) {
  GOFLOW_TRY(const auto due, find_due({id}, context));
  for (const DueWorkflow& one : due) {
    GOFLOW_TRY(create_due(one, Beginning::later, context));
  }
  return {};
}

void warn_of_old_times(const DueWorkflow& due, Context& context) {
  if (due.due.let_go == 0) return;
  context.err().line("warning: " + due.scheduled.workflow.id + ": " +
                     std::to_string(due.due.let_go) + " older times were let go, only the last " +
                     std::to_string(core::most_caught_up) + " are caught up with");
}

void tell_of_overlap(const DueWorkflow& due, const Execution& earlier, Context& context) {
  for (const Timestamp time : due.due.times) {
    context.err().line(due.scheduled.workflow.id + ": " + core::format_rfc3339_seconds(time) +
                       " is let go, execution " + short_id(earlier.id) + " goes on");
  }
}

Result<void> note_as_looked_after(const DueWorkflow& due, Context& context) {
  GOFLOW_TRY(core::ScheduleStore * store, context.schedules());
  return store->advance(due.scheduled.workflow.id, due.due.looked_after_until, context.now());
}

}  // namespace

Result<std::vector<DueWorkflow>> find_due(const std::vector<std::string>& ids, Context& context) {
  std::vector<DueWorkflow> found;
  for (const std::string& id : ids) {
    auto due = find_due_one(id, context);
    if (!due && ids.size() == 1) return std::move(due).error();
    if (!due) {
      warn_of_failure(id, due.error(), context);
    } else if (*due) {
      found.push_back(**std::move(due));
    }
  }
  return found;
}

Result<std::vector<NewExecution>> create_due(const DueWorkflow& due,
                                             Beginning beginning,
                                             Context& context) {
  std::vector<NewExecution> created;
  warn_of_old_times(due, context);
  if (due.scheduled.schedule().overlap == core::Overlap::skip) {
    GOFLOW_TRY(const auto earlier, run_in_the_way(due.scheduled.workflow.id, beginning, context));
    if (earlier) {
      tell_of_overlap(due, *earlier, context);
      GOFLOW_TRY(note_as_looked_after(due, context));
      return created;
    }
  }
  for (const Timestamp time : due.due.times) {
    auto execution = create_for(due, time, beginning, context);
    if (execution) {
      created.push_back(*std::move(execution));
    } else if (execution.error().code != ErrorCode::already_exists) {
      return std::move(execution).error();
    }
  }
  GOFLOW_TRY(note_as_looked_after(due, context));
  return created;
}

Result<void> enqueue_due(Context& context) {
  GOFLOW_TRY(const auto ids, scheduled_workflow_ids(context));
  for (const std::string& id : ids) {
    const auto enqueued = enqueue_due_one(id, context);
    if (!enqueued) warn_of_failure(id, enqueued.error(), context);
  }
  return {};
}

Result<std::vector<Execution>> unfinished_scheduled_runs(const std::string& workflow_id,
                                                         std::vector<ExecutionStatus> statuses,
                                                         Context& context) {
  GOFLOW_TRY(core::ExecutionStore * store, context.executions());
  core::ExecutionFilter filter;
  filter.workflow_id = workflow_id;
  filter.statuses = std::move(statuses);
  filter.labels = {{std::string(core::scheduled_for_label)}};
  GOFLOW_TRY(core::ExecutionPage page, store->list(filter, most_unfinished, std::nullopt));
  std::reverse(page.executions.begin(), page.executions.end());
  return std::move(page.executions);
}

Result<bool> has_scheduled_run_going_on(const std::string& workflow_id, Context& context) {
  GOFLOW_TRY(const auto unfinished,
             unfinished_scheduled_runs(
                 workflow_id, {ExecutionStatus::running, ExecutionStatus::waiting}, context));
  const Timestamp now = context.now();
  return std::any_of(unfinished.begin(), unfinished.end(), [now](const Execution& one) {
    return !engine::is_interrupted(one, now);
  });
}

}  // namespace goflow::cli
