// goflow workflow list: what is saved, and how its last run went.
#include "cli/commands/commands.hpp"
#include "cli/commands/exec/last_run.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"
#include "cli/io/table.hpp"

namespace goflow::cli {
namespace {

using core::Object;
using core::Result;
using core::Value;

constexpr Field fields[] = {
    {"id", "the name it is saved under"},
    {"version", "number of its current version, as workflow history has it"},
    {"name", "its title"},
    {"description", "what its author says about it"},
    {"nodes", "how many nodes it has; null when the file is not valid"},
    {"valid", "false when it could not be run as it is"},
    {"problem", "the first reason why it is not valid, with line and column; else null"},
    {"updated_at", "when the file was last written"},
    {"last_run", "id, status and started_at of the newest execution, or null"},
};

struct ListOptions {
  bool no_header = false;
  OutputChoice output;
};

void declare(Command& command, ListOptions& options) {
  command.summary("list saved workflows")
      .example("goflow workflow list", "names, sizes, last runs")
      .example("goflow workflow list --json=id,valid", "for a script");
  command.flag("--no-header", options.no_header, "bare rows, as in a pipe");
  command.json(options.output, fields);
  command.output_format(options.output);
}

struct Listing {
  std::vector<core::WorkflowSummary> workflows;
  std::map<std::string, core::Execution> last_runs;  // by workflow

  /// nullptr: it was never run.
  [[nodiscard]] const core::Execution* last_run_of(const core::WorkflowSummary& workflow) const {
    const auto found = last_runs.find(workflow.id);
    return found == last_runs.end() ? nullptr : &found->second;
  }
};

bool is_valid(const core::WorkflowSummary& workflow) {
  return workflow.problem.empty();
}

Result<Listing> find_workflows(Context& context) {
  Listing listing;
  GOFLOW_TRY(core::WorkflowStore * store, context.workflows());
  GOFLOW_TRY(listing.workflows, store->list());
  if (listing.workflows.empty()) return listing;
  GOFLOW_TRY(core::ExecutionStore * history, context.executions_if_any());
  if (history != nullptr) {
    GOFLOW_TRY(listing.last_runs, history->latest_by_workflow());
  }
  return listing;
}

template <typename Rows>
void add_rows(const Listing& listing, core::Timestamp now, Rows& rows) {
  for (const core::WorkflowSummary& workflow : listing.workflows) {
    const core::Execution* last_run = listing.last_run_of(workflow);
    rows.add({text_cell(workflow.id),
              number_cell(workflow.version),
              is_valid(workflow) ? number_cell(workflow.nodes) : mark_cell(fault_mark("invalid")),
              last_run_cell(last_run, now),
              last_run_time_cell(last_run, now),
              time_cell(workflow.updated_at, now)});
  }
}

void write_table(const Listing& listing, const ListOptions& options, Context& context) {
  const TableForm form = options.no_header ? TableForm::bare : TableForm::automatic;
  if (is_bare(context.out(), form)) {
    BareRows rows(context.out());
    return add_rows(listing, context.now(), rows);
  }
  Table table({{"NAME"},
               {"VERSION", Align::right},
               {"NODES", Align::right},
               {"LAST RUN"},
               {""},
               {"UPDATED"}});
  add_rows(listing, context.now(), table);
  table.write(context.terminal(), form);
}

Object record_of(const core::WorkflowSummary& workflow, const core::Execution* last_run) {
  const auto if_valid = [&](Value value) {
    return is_valid(workflow) ? std::move(value) : Value();
  };
  return {{"id", workflow.id},
          {"version", workflow.version},
          {"name", if_valid(workflow.name)},
          {"description", if_valid(workflow.description)},
          {"nodes", if_valid(workflow.nodes)},
          {"valid", is_valid(workflow)},
          {"problem", is_valid(workflow) ? Value() : Value(workflow.problem)},
          {"updated_at", core::format_rfc3339(workflow.updated_at)},
          {"last_run", last_run_record(last_run)}};
}

Result<void> run(const ListOptions& options, Context& context) {
  GOFLOW_TRY(const Listing listing, find_workflows(context));
  if (options.output.is_text()) {
    if (listing.workflows.empty()) {
      context.tell("no workflows; save one: goflow workflow save FILE");
    }
    write_table(listing, options, context);
    return {};
  }
  core::Array records;
  for (const core::WorkflowSummary& workflow : listing.workflows) {
    records.emplace_back(record_of(workflow, listing.last_run_of(workflow)));
  }
  write_records(context.out(), options.output, records);
  return {};
}

}  // namespace

std::unique_ptr<Action> workflow_list() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
