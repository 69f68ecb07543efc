// goflow schedule run: start now what is due.
#include "cli/command/exit_code.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/exec/recorded_workflow.hpp"
#include "cli/commands/exec/run_to_end.hpp"
#include "cli/commands/schedule/run_due.hpp"
#include "cli/context.hpp"
#include "cli/io/child_program.hpp"
#include "cli/io/run_outline.hpp"

#include <optional>
#include <utility>

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Execution;
using core::ExecutionStatus;
using core::Result;

struct RunOptions {
  std::vector<std::string> workflows;
};

void declare(Command& command, RunOptions& options) {
  command.summary("run now what is due")
      .describe(
          "Looks which times of the schedules have come since they were last looked after, and "
          "runs "
          "the workflows to their end: each time once, however often and by however many this is "
          "called. The timers of 'goflow schedule install' call it; a line of crontab can as well. "
          "A schedule that is seen for the first time begins then. Workflows that are due together "
          "run side by side, each in a process of its own.")
      .example("goflow schedule run", "whatever is due")
      .example("* * * * * goflow schedule run --quiet", "a line of crontab instead of timers")
      .exit_code(3, "no such workflow")
      .exit_code(5, "the workflow is not valid")
      .exit_code(6, "the workflow has no schedule")
      .exit_code(10, "a workflow ran and failed");
  command.positional("[WORKFLOW...]", options.workflows, "only the schedules of these")
      .completes(CompletesWith::workflow_id);
}

/// One after the other: what fails does not keep the next from running, but Ctrl-C does.
class Turn {
 public:
  explicit Turn(Context& context) : context_(context) {}

  Result<void> run(const core::Workflow& workflow,
                   const WorkflowSource& source,
                   const Execution& execution,
                   core::RunSecrets secrets) {
    auto verdict = run_to_end(
        workflow, source, execution, {.secrets = std::move(secrets)}, RunView(), context_);
    if (verdict) return {};
    // Another process has begun it, or has had it begun, first.
    if (verdict.error().code == ErrorCode::failed_precondition) return {};
    if (verdict.error().code == ErrorCode::cancelled) return verdict;
    if (first_failure_) context_.err().line("error: " + first_failure_->message);
    first_failure_ = std::move(verdict).error();
    return {};
  }

  Result<void> outcome() && {
    if (first_failure_) return *std::move(first_failure_);
    return {};
  }

 private:
  Context& context_;
  std::optional<Error> first_failure_;
};

Result<void> run_recorded(const std::string& id, Turn& turn, Context& context) {
  GOFLOW_TRY(core::ExecutionStore * store, context.executions());
  GOFLOW_TRY(const auto execution, store->find(id));
  if (!execution || execution->status != ExecutionStatus::pending) return {};
  GOFLOW_TRY(auto recorded, recorded_workflow(*execution, OutputChoice(), context));
  GOFLOW_TRY(auto secrets,
             look_up_credentials(recorded.workflow, *execution, CredentialArguments(), context));
  return turn.run(recorded.workflow, recorded.source, *execution, std::move(secrets));
}

/// What has waited for an earlier run to end, and what a process that died has left behind.
Result<void> run_pending(const std::string& workflow_id, Turn& turn, Context& context) {
  while (true) {
    GOFLOW_TRY(const auto pending,
               unfinished_scheduled_runs(workflow_id, {ExecutionStatus::pending}, context));
    if (pending.empty()) return {};
    GOFLOW_TRY(run_recorded(pending.front().id, turn, context));
    GOFLOW_TRY(core::ExecutionStore * store, context.executions());
    GOFLOW_TRY(const auto after, store->find(pending.front().id));
    // It could not be begun; who comes next tries again.
    if (after && after->status == ExecutionStatus::pending) return {};
  }
}

Result<void> run_created(std::vector<NewExecution> created, Turn& turn) {
  for (NewExecution& one : created) {
    GOFLOW_TRY(turn.run(one.workflow, one.source, one.execution, std::move(one.secrets)));
  }
  return {};
}

Result<void> run_one(const std::string& id, const std::vector<DueWorkflow>& due, Context& context) {
  Turn turn(context);
  std::vector<NewExecution> created;
  for (const DueWorkflow& one : due) {
    GOFLOW_TRY(created, create_due(one, Beginning::soon, context));
    // Asked after they were recorded: who runs the earlier one looks for them when it has ended.
    const bool waits = one.scheduled.schedule().overlap == core::Overlap::queue;
    GOFLOW_TRY(const bool goes_on, has_scheduled_run_going_on(id, context));
    if (waits && goes_on) return {};
  }
  GOFLOW_TRY(run_created(std::move(created), turn));
  GOFLOW_TRY(run_pending(id, turn, context));
  return std::move(turn).outcome();
}

/// A process for each, so that none waits for another.
Result<void> run_side_by_side(const std::vector<DueWorkflow>& due, Context& context) {
  GOFLOW_TRY(const std::string home, context.home());
  std::vector<ChildProgram> children;
  for (const DueWorkflow& one : due) {
    std::vector<std::string> words{"goflow", "schedule", "run", one.scheduled.workflow.id};
    words.insert(words.end(), {"--home", home, "--no-input"});
    if (context.options().quiet) words.push_back("--quiet");
    GOFLOW_TRY(auto child, ChildProgram::start_self(words));
    children.push_back(std::move(child));
  }
  std::size_t failed = 0;
  for (ChildProgram& child : children) {
    if (child.wait() != 0) ++failed;
  }
  if (failed == 0) return {};
  return Error{
      ErrorCode::execution_failed,
      std::to_string(failed) + " of " + std::to_string(due.size()) + " scheduled workflows failed"}
      .with_hint("see how they went: goflow schedule list");
}

Result<void> run(const RunOptions& options, Context& context) {
  GOFLOW_TRY(const auto ids, named_or_all(options.workflows, context));
  GOFLOW_TRY(const auto due, find_due(ids, context));
  if (ids.size() == 1) return run_one(ids.front(), due, context);
  if (due.empty()) context.tell("nothing is due; see what comes: goflow schedule next");
  if (due.size() == 1) return run_one(due.front().scheduled.workflow.id, due, context);
  return run_side_by_side(due, context);
}

}  // namespace

std::unique_ptr<Action> schedule_run() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
