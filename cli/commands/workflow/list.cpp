// goflow workflow list: what is saved, and how its last run went.
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"
#include "cli/io/table.hpp"
#include "engine/local/process_identity.hpp"

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

struct Row {
  core::WorkflowSummary workflow;
  std::optional<core::Execution> last_run;

  [[nodiscard]] bool is_valid() const { return workflow.problem.empty(); }
};

Result<std::vector<Row>> find_rows(Context& context) {
  GOFLOW_TRY(core::WorkflowStore * store, context.workflows());
  GOFLOW_TRY(auto workflows, store->list());
  std::map<std::string, core::Execution> last_runs;
  if (!workflows.empty()) {
    GOFLOW_TRY(core::ExecutionStore * history, context.executions_if_any());
    if (history != nullptr) {
      GOFLOW_TRY(last_runs, history->latest_by_workflow());
    }
  }
  std::vector<Row> rows;
  rows.reserve(workflows.size());
  for (core::WorkflowSummary& workflow : workflows) {
    Row& row = rows.emplace_back(Row{std::move(workflow), std::nullopt});
    const auto last_run = last_runs.find(row.workflow.id);
    if (last_run != last_runs.end()) row.last_run = std::move(last_run->second);
  }
  return rows;
}

Cell last_run_cell(const Row& row, core::Timestamp now) {
  if (!row.last_run) return mark_cell(neutral_mark("never"));
  if (engine::is_interrupted(*row.last_run, now)) return mark_cell(warning_mark("interrupted"));
  return status_cell(row.last_run->status);
}

void write_table(const std::vector<Row>& rows, const ListOptions& options, Context& context) {
  const core::Timestamp now = context.now();
  Table table({{"NAME"},
               {"VERSION", Align::right},
               {"NODES", Align::right},
               {"LAST RUN"},
               {""},
               {"UPDATED"}});
  for (const Row& row : rows) {
    table.add({text_cell(row.workflow.id),
               number_cell(row.workflow.version),
               row.is_valid() ? number_cell(row.workflow.nodes) : mark_cell(fault_mark("invalid")),
               last_run_cell(row, now),
               row.last_run ? time_cell(row.last_run->created_at, now) : blank_cell(),
               time_cell(row.workflow.updated_at, now)});
  }
  table.write(context.terminal(), options.no_header ? TableForm::bare : TableForm::automatic);
}

Value last_run_record(const Row& row) {
  if (!row.last_run) return {};
  return Object{{"id", row.last_run->id},
                {"status", to_string(row.last_run->status)},
                {"started_at", core::format_rfc3339(row.last_run->created_at)}};
}

Object record_of(const Row& row) {
  const core::WorkflowSummary& workflow = row.workflow;
  const auto if_valid = [&](Value value) { return row.is_valid() ? std::move(value) : Value(); };
  return {{"id", workflow.id},
          {"version", workflow.version},
          {"name", if_valid(workflow.name)},
          {"description", if_valid(workflow.description)},
          {"nodes", if_valid(workflow.nodes)},
          {"valid", row.is_valid()},
          {"problem", row.is_valid() ? Value() : Value(workflow.problem)},
          {"updated_at", core::format_rfc3339(workflow.updated_at)},
          {"last_run", last_run_record(row)}};
}

Result<void> run(const ListOptions& options, Context& context) {
  GOFLOW_TRY(const std::vector<Row> rows, find_rows(context));
  if (options.output.is_text()) {
    if (rows.empty()) context.tell("no workflows; save one: goflow workflow save FILE");
    write_table(rows, options, context);
    return {};
  }
  core::Array records;
  for (const Row& row : rows) {
    records.emplace_back(record_of(row));
  }
  write_records(context.out(), options.output, records);
  return {};
}

}  // namespace

std::unique_ptr<Action> workflow_list() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
