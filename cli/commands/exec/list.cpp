// goflow exec list: what ran, newest first.
#include "cli/arguments/execution_argument.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/exec/execution_record.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"
#include "cli/io/run_outline.hpp"
#include "cli/io/table.hpp"
#include "core/base/suggest.hpp"
#include "engine/local/process_identity.hpp"

#include <algorithm>
#include <set>

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::ExecutionStatus;
using core::Result;

constexpr int most_rows = 1000;

struct ListOptions {
  std::optional<std::string> workflow;
  std::vector<std::string> statuses;
  std::optional<std::string> since;
  std::optional<std::string> until;
  int limit = 50;
  bool all_levels = false;
  bool no_header = false;
  OutputChoice output;
};

void declare(Command& command, ListOptions& options) {
  command.summary("list executions, newest first")
      .example("goflow exec list --status failed --since 7d", "what failed in the last week")
      .example("goflow exec list -n 1 --json=id,status", "the newest one, for a script");
  command.option("--workflow ID", options.workflow, "only executions of this workflow")
      .completes(CompletesWith::workflow_id);
  command.option("--status STATUS", options.statuses, "only with this status; may be repeated")
      .values({"pending",
               "running",
               "waiting",
               "interrupted",
               "completed",
               "failed",
               "cancelled",
               "timed_out"});
  command.option("--since TIME", options.since, "created at or after: 90m, 7d, 2026-01-05");
  command.option("--until TIME", options.until, "created before");
  command.option("-n, --limit N", options.limit, "at most so many rows, 1 to 1000");
  command.flag("--all-levels",
               options.all_levels,
               "also those that are part of another execution, as the work of one of its nodes");
  command.flag("--no-header", options.no_header, "bare rows, as in a pipe");
  command.json(options.output, execution_row_fields());
  command.output_format(options.output);
}

/// A duration before now, a date, or an RFC 3339 time.
Result<core::Timestamp> parse_time(const std::string& text, core::Timestamp now) {
  if (const auto ago = core::parse_duration(text); ago && !text.empty()) return now - *ago;
  if (const auto time = core::parse_rfc3339(text)) return *time;
  if (const auto day = core::parse_rfc3339(text + "T00:00:00Z")) return *day;
  return Error{ErrorCode::invalid_argument, "'" + text + "' is not a time"}.with_hint(
      "write 90m, 24h, 7d, 2026-01-05 or 2026-01-05T09:30:00Z");
}

/// "interrupted" is not stored: it is what goes on without a living owner.
void add_statuses(core::ExecutionFilter& filter,
                  const std::vector<std::string>& words,
                  core::Timestamp now) {
  std::set<ExecutionStatus> asked;
  bool interrupted = false;
  for (const std::string& word : words) {
    if (const auto status = core::parse_execution_status(word)) asked.insert(*status);
    interrupted = interrupted || word == "interrupted";
  }
  filter.statuses.assign(asked.begin(), asked.end());
  if (!interrupted) return;
  for (const auto status : {ExecutionStatus::running, ExecutionStatus::waiting}) {
    if (!asked.contains(status)) filter.statuses.push_back(status);
  }
  filter.keep = [asked, now](const core::Execution& execution) {
    return asked.contains(execution.status) || engine::is_interrupted(execution, now);
  };
}

Result<core::ExecutionFilter> make_filter(const ListOptions& options, core::Timestamp now) {
  core::ExecutionFilter filter;
  filter.workflow_id = options.workflow;
  filter.with_children = options.all_levels;
  add_statuses(filter, options.statuses, now);
  if (options.since) {
    GOFLOW_TRY(filter.since, parse_time(*options.since, now));
  }
  if (options.until) {
    GOFLOW_TRY(filter.until, parse_time(*options.until, now));
  }
  return filter;
}

/// A workflow that neither history nor a file knows is a mistake, not an empty list.
Result<void> check_workflow(const std::string& id, core::ExecutionStore* store, Context& context) {
  if (store != nullptr) {
    GOFLOW_TRY(const auto latest, store->latest(id));
    if (latest) return {};
  }
  GOFLOW_TRY(core::WorkflowStore * workflows, context.workflows());
  GOFLOW_TRY(const auto ids, workflows->ids());
  if (std::find(ids.begin(), ids.end(), id) != ids.end()) return {};
  return Error{ErrorCode::not_found, "no workflow named '" + id + "'"}.with_hint(
      core::did_you_mean(id, ids));
}

void write_table(const std::vector<core::Execution>& executions,
                 const ListOptions& options,
                 Context& context) {
  const core::Timestamp now = context.now();
  Table table({{"ID"}, {"WORKFLOW"}, {"STATUS"}, {"STARTED"}, {"TOOK", Align::right}});
  for (const core::Execution& execution : executions) {
    const bool took = execution.started_at && execution.completed_at;
    table.add(
        {short_cell(short_id(execution.id), execution.id),
         text_cell(execution.workflow_id),
         engine::is_interrupted(execution, now) ? mark_cell(warning_mark("interrupted"))
                                                : status_cell(execution.status),
         time_cell(execution.started_at.value_or(execution.created_at), now),
         took ? duration_cell(*execution.completed_at - *execution.started_at) : blank_cell()});
  }
  table.write(context.terminal(), options.no_header ? TableForm::bare : TableForm::automatic);
}

void write(const std::vector<core::Execution>& executions,
           const ListOptions& options,
           Context& context) {
  if (options.output.is_text()) {
    if (executions.empty()) context.tell("no executions; make one: goflow run WORKFLOW");
    write_table(executions, options, context);
    return;
  }
  core::Array rows;
  for (const core::Execution& execution : executions) {
    rows.emplace_back(execution_row(execution, context.now()));
  }
  write_records(context.out(), options.output, rows);
}

Result<void> run(const ListOptions& options, Context& context) {
  if (options.limit < 1 || options.limit > most_rows) {
    return Error{ErrorCode::invalid_argument,
                 "--limit must be 1 to 1000, got " + std::to_string(options.limit)};
  }
  GOFLOW_TRY(const core::ExecutionFilter filter, make_filter(options, context.now()));
  GOFLOW_TRY(core::ExecutionStore * store, context.executions_if_any());
  if (options.workflow) GOFLOW_TRY(check_workflow(*options.workflow, store, context));
  core::ExecutionPage page;
  if (store != nullptr) {
    GOFLOW_TRY(page, store->list(filter, options.limit, std::nullopt));
  }
  write(page.executions, options, context);
  return {};
}

}  // namespace

std::unique_ptr<Action> exec_list() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
