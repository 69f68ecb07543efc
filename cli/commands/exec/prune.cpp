// goflow exec prune: delete what ended long ago.
#include "cli/arguments/execution_filter.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/io/prompt.hpp"
#include "cli/io/records.hpp"
#include "cli/io/table.hpp"

#include <algorithm>
#include <set>

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Execution;
using core::ExecutionStatus;
using core::Result;

constexpr int page_size = 1000;
// Deleted in one transaction: nobody should have to wait long for its end.
constexpr std::size_t batch_size = 500;

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
          "pending or interrupted always stays.")
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
  // Runs within others are left out, and go with those.
  return filter;
}

/// The newest of each workflow, whatever became of them.
Result<std::set<std::string>> spared(const PruneOptions& options, core::ExecutionStore& store) {
  std::set<std::string> ids;
  if (options.keep.value_or(0) == 0) return ids;
  GOFLOW_TRY(const auto latest, store.latest_by_workflow());
  for (const auto& [workflow, execution] : latest) {
    core::ExecutionFilter filter;
    filter.workflow_id = workflow;
    GOFLOW_TRY(const auto page, store.list(filter, *options.keep, std::nullopt));
    for (const Execution& newest : page.executions) {
      ids.insert(newest.id);
    }
  }
  return ids;
}

Result<std::vector<Execution>> find_prunable(const core::ExecutionFilter& filter,
                                             const std::set<std::string>& kept,
                                             core::ExecutionStore& store) {
  std::vector<Execution> found;
  std::optional<core::PagePosition> after;
  do {
    GOFLOW_TRY(core::ExecutionPage page, store.list(filter, page_size, after));
    for (Execution& execution : page.executions) {
      if (!kept.contains(execution.id)) found.push_back(std::move(execution));
    }
    after = page.next;
  } while (after);
  return found;
}

/// It may have been retried since it was found.
Result<void> check_ended(const Execution& execution) {
  if (is_terminal(execution.status)) return {};
  return Error{
      ErrorCode::failed_precondition,
      "execution '" + execution.id + "' is " + std::string(to_string(execution.status)) + " again"}
      .with_hint("prune again: what is going on stays");
}

Result<void> remove_in_batches(const std::vector<Execution>& executions,
                               core::ExecutionStore& store) {
  for (std::size_t first = 0; first < executions.size(); first += batch_size) {
    const std::size_t end = std::min(executions.size(), first + batch_size);
    std::vector<std::string> ids;
    for (std::size_t i = first; i < end; ++i) {
      ids.push_back(executions[i].id);
    }
    GOFLOW_TRY(store.remove(ids, check_ended));
  }
  return {};
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
    Table table({{"ID"}, {"WORKFLOW"}, {"STATUS"}, {"CREATED"}});
    for (const Execution& execution : executions) {
      table.add({text_cell(execution.id),
                 text_cell(execution.workflow_id),
                 status_cell(execution.status),
                 time_cell(execution.created_at, context.now())});
    }
    table.write(context.terminal());
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
    GOFLOW_TRY(const std::set<std::string> kept, spared(options, *store));
    GOFLOW_TRY(found, find_prunable(filter, kept, *store));
  }
  if (!options.dry_run && !found.empty()) {
    const std::string question = "delete " + counted(found.size()) + "?";
    GOFLOW_TRY(const bool is_sure,
               confirm(context.terminal(), question, context.consent(options.yes)));
    if (!is_sure) return Error{ErrorCode::cancelled, "nothing was deleted"};
    GOFLOW_TRY(remove_in_batches(found, *store));
  }
  write(found, options, context);
  return {};
}

}  // namespace

std::unique_ptr<Action> exec_prune() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
