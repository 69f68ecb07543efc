// goflow exec prune: delete what ended long ago.
#include "cli/arguments/execution_filter.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/exec/doomed.hpp"
#include "cli/context.hpp"
#include "cli/io/prompt.hpp"
#include "cli/io/records.hpp"
#include "core/execution/pruning.hpp"

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Execution;
using core::ExecutionStatus;
using core::Result;

constexpr Field fields[] = {
    {"count", "how many executions, without their sub-workflows"},
    {"deleted", "false with --dry-run"},
    {"ids", "which ones, newest first"},
};

struct PruneOptions {
  std::optional<std::chrono::milliseconds> older_than;
  std::vector<std::string> statuses;
  std::optional<std::string> workflow;
  std::optional<int> keep;
  bool dry_run = false;
  bool yes = false;
  OutputChoice output;
};

void declare(Command& command, PruneOptions& options) {
  command.summary("delete executions that ended long ago")
      .describe(
          "Deletes ended executions for which all conditions hold, with their sub-workflows and "
          "all that was recorded of them. At least one condition is required. What is going on, "
          "pending or interrupted always stays. The settings of history.retention have goflow do "
          "the same by itself, once a day after a run: see goflow config list.")
      .example("goflow exec prune --older-than 90d --keep 20 --dry-run", "see what would go")
      .example("goflow exec prune --status completed --workflow nightly --yes", "for scripts");
  command.group("Conditions");
  command.option("--older-than D", options.older_than, "created longer ago than this: 90d, 12h");
  command.option("--status STATUS", options.statuses, "with this status or phase")
      .completes(CompletesWith::status);
  command.option("--workflow ID", options.workflow, "of this workflow")
      .completes(CompletesWith::workflow_id);
  command.option("--keep N", options.keep, "but not the newest N of each workflow");
  command.group("");
  command.flag("--dry-run", options.dry_run, "only show what would be deleted");
  command.flag("-y, --yes", options.yes, "do not ask");
  command.json(options.output, fields);
}

Result<void> check(const PruneOptions& options) {
  if (options.keep && *options.keep < 0) {
    return Error{ErrorCode::invalid_argument, "--keep must not be negative"};
  }
  const bool has_condition =
      options.older_than || !options.statuses.empty() || options.workflow || options.keep;
  if (has_condition) return {};
  return Error{ErrorCode::invalid_argument, "which executions?"}.with_hint(
      "at least one of --older-than, --status, --workflow, --keep");
}

Result<core::ExecutionFilter> make_filter(const PruneOptions& options, core::Timestamp now) {
  core::ExecutionFilter filter;
  GOFLOW_TRY(add_statuses(filter, options.statuses, now));
  const bool asked = !filter.statuses.empty();
  if (!asked) {
    using enum ExecutionStatus;
    filter.statuses = {completed, failed, cancelled, timed_out};
  }
  std::erase_if(filter.statuses, [](ExecutionStatus status) { return !is_terminal(status); });
  if (filter.statuses.empty()) {
    return Error{ErrorCode::invalid_argument, "only ended executions can be pruned"}.with_hint(
        "--status completed, failed, cancelled or timed_out");
  }
  filter.keep = {};
  filter.workflow_id = options.workflow;
  if (options.older_than) filter.until = now - *options.older_than;
  return filter;
}

std::string counted(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " execution" : " executions");
}

void write(const std::vector<Execution>& executions,
           const PruneOptions& options,
           Context& context) {
  if (!options.output.is_text()) {
    core::Array ids;
    for (const Execution& execution : executions) {
      ids.emplace_back(execution.id);
    }
    const auto count = static_cast<std::int64_t>(ids.size());
    write_records(
        context.out(),
        options.output,
        core::Object{{"count", count}, {"deleted", !options.dry_run}, {"ids", std::move(ids)}});
    return;
  }
  if (options.dry_run) {
    write_doomed(executions, context);
  }
  context.tell((options.dry_run ? "would delete " : "deleted ") + counted(executions.size()));
}

Result<void> run(const PruneOptions& options, Context& context) {
  GOFLOW_TRY(check(options));
  GOFLOW_TRY(const core::ExecutionFilter filter, make_filter(options, context.now()));
  GOFLOW_TRY(core::ExecutionStore * store, context.executions_if_any());
  if (options.workflow) GOFLOW_TRY(check_workflow(*options.workflow, store, context));
  std::vector<Execution> found;
  if (store != nullptr) {
    GOFLOW_TRY(found, core::find_prunable(filter, options.keep.value_or(0), *store));
  }
  if (!options.dry_run && !found.empty()) {
    const std::string question = "delete " + counted(found.size()) + "?";
    GOFLOW_TRY(const bool is_sure,
               confirm(context.terminal(), question, context.consent(options.yes)));
    if (!is_sure) return Error{ErrorCode::cancelled, "nothing was deleted"};
    GOFLOW_TRY(core::prune(found, *store));
  }
  write(found, options, context);
  return {};
}

}  // namespace

std::unique_ptr<Action> exec_prune() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
