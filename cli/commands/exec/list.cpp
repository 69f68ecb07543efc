// goflow exec list: what ran, newest first.
#include "cli/arguments/execution_filter.hpp"
#include "cli/arguments/page_token.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/exec/execution_record.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"
#include "cli/io/run_outline.hpp"
#include "cli/io/table.hpp"
#include "engine/local/process_identity.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;

constexpr int most_rows = 1000;

struct ListOptions {
  FilterArguments filters;
  int limit = 50;
  std::optional<std::string> after;
  bool all = false;
  bool paged = false;
  bool count = false;
  bool no_header = false;
  OutputChoice output;
};

void declare(Command& command, ListOptions& options) {
  command.summary("list executions, newest first")
      .describe(
          "Filters must all hold. A page is followed by the next one with --after and the token "
          "that --json --paged tells as 'next'; it works with the same filters only. The total is "
          "exact for workflow, instance and status; with other filters counting stops at 10,000, "
          "unless --count asks for the truth.")
      .example("goflow exec list --status failed --since 7d", "what failed in the last week")
      .example("goflow exec list --search timeout --json=id,error", "by the text of the error")
      .example("goflow exec list -n 1 --json=id,status", "the newest one, for a script");
  declare_filters(command, options.filters);
  command.option("-n, --limit N", options.limit, "at most so many rows, 1 to 1000");
  command.option("--after TOKEN", options.after, "the page after the one that told this token");
  command.flag("--all", options.all, "every page");
  command.flag("--count", options.count, "only the exact number of executions");
  command.flag("--no-header", options.no_header, "bare rows, as in a pipe");
  command.json(options.output, execution_fields());
  command.flag("--paged", options.paged, "with --json: an object with the rows and the totals");
  command.output_format(options.output);
}

Result<void> check(const ListOptions& options) {
  if (options.limit < 1 || options.limit > most_rows) {
    return Error{ErrorCode::invalid_argument,
                 "--limit must be 1 to 1000, got " + std::to_string(options.limit)};
  }
  if (options.all && options.after) {
    return Error{ErrorCode::invalid_argument, "--all and --after exclude each other"};
  }
  if (options.paged && options.all) {
    return Error{ErrorCode::invalid_argument, "--all and --paged exclude each other"};
  }
  if (options.paged && options.output.is_text()) {
    return Error{ErrorCode::invalid_argument, "--paged needs --json"}.with_hint(
        "goflow exec list --json --paged");
  }
  return {};
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

Result<core::Array> records_of(const std::vector<core::Execution>& executions,
                               const ListOptions& options,
                               Context& context) {
  core::Array rows;
  if (executions.empty()) return rows;
  GOFLOW_TRY(core::ExecutionStore * store, context.executions());
  const bool is_row_enough = !asks_beyond_row(options.output.fields);
  for (const core::Execution& execution : executions) {
    if (is_row_enough) {
      rows.emplace_back(execution_row(execution, context.now()));
      continue;
    }
    GOFLOW_TRY(const auto whole, store->find(execution.id));
    if (!whole) continue;  // deleted by somebody in this very moment
    GOFLOW_TRY(core::Object record, execution_record(*whole, *store, context.now()));
    rows.emplace_back(std::move(record));
  }
  return rows;
}

Result<void> write(const std::vector<core::Execution>& executions,
                   const ListOptions& options,
                   Context& context) {
  if (!options.output.is_text()) {
    GOFLOW_TRY(const core::Array rows, records_of(executions, options, context));
    write_records(context.out(), options.output, rows);
    return {};
  }
  if (executions.empty() && options.filters.empty()) {
    context.tell("no executions; make one: goflow run WORKFLOW");
  } else if (executions.empty()) {
    context.tell("no executions like that");
  }
  write_table(executions, options, context);
  return {};
}

/// What did not fit on the page, for the eye.
void tell_rest(const core::ExecutionPage& page,
               const core::ExecutionCount& count,
               Context& context) {
  const std::string total = std::to_string(count.total) + (count.is_exact ? "" : "+");
  context.tell("the newest " + std::to_string(page.executions.size()) + " of " + total +
               "; more: -n N, or --all");
}

Result<void> write_page(const core::ExecutionPage& page,
                        const core::ExecutionFilter& filter,
                        const core::ExecutionCount& count,
                        const ListOptions& options,
                        Context& context) {
  GOFLOW_TRY(const core::Value rows, records_of(page.executions, options, context));
  core::Object record{{"executions", select_fields(rows, options.output.fields)},
                      {"total", count.total},
                      {"total_exact", count.is_exact},
                      {"total_pages", (count.total + options.limit - 1) / options.limit},
                      {"next", core::Value()}};
  if (page.next) record.set("next", make_page_token(*page.next, options.filters, filter));
  write_records(context.out(), OutputChoice{options.output.format}, record);
  return {};
}

Result<void> write_all(const core::ExecutionFilter& filter,
                       const ListOptions& options,
                       core::ExecutionStore& store,
                       Context& context) {
  std::vector<core::Execution> all;
  std::optional<core::PagePosition> after;
  do {
    GOFLOW_TRY(core::ExecutionPage page, store.list(filter, most_rows, after));
    std::move(page.executions.begin(), page.executions.end(), std::back_inserter(all));
    after = page.next;
  } while (after);
  return write(all, options, context);
}

Result<void> write_count(const core::ExecutionFilter& filter,
                         const ListOptions& options,
                         core::ExecutionStore* store,
                         Context& context) {
  core::ExecutionCount count;
  if (store != nullptr) {
    GOFLOW_TRY(count, store->count(filter, core::Counting::exact));
  }
  if (options.output.is_text()) {
    context.out().line(std::to_string(count.total));
  } else {
    write_records(context.out(),
                  OutputChoice{options.output.format},
                  core::Object{{"total", count.total}, {"total_exact", count.is_exact}});
  }
  return {};
}

Result<void> run(const ListOptions& options, Context& context) {
  GOFLOW_TRY(check(options));
  GOFLOW_TRY(core::ExecutionStore * store, context.executions_if_any());
  GOFLOW_TRY(core::ExecutionFilter filter, make_filter(options.filters, store, context));
  std::optional<core::PagePosition> after;
  if (options.after) {
    GOFLOW_TRY(after, read_page_token(*options.after, options.filters, filter));
  }
  if (options.count && !options.paged) return write_count(filter, options, store, context);
  if (options.all && store != nullptr) return write_all(filter, options, *store, context);

  core::ExecutionPage page;
  core::ExecutionCount count;
  if (store != nullptr) {
    GOFLOW_TRY(page, store->list(filter, options.limit, after));
    const auto counting = options.count ? core::Counting::exact : core::Counting::quick;
    const bool tells_total = options.paged || (page.next && context.err().is_terminal());
    if (tells_total) {
      GOFLOW_TRY(count, store->count(filter, counting));
    }
  }
  if (options.paged) return write_page(page, filter, count, options, context);
  GOFLOW_TRY(write(page.executions, options, context));
  if (page.next && options.output.is_text()) tell_rest(page, count, context);
  return {};
}

}  // namespace

std::unique_ptr<Action> exec_list() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
