// goflow workflow list: what is saved, and how its last run went.
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"
#include "cli/io/table.hpp"
#include "core/workflow/reader.hpp"
#include "engine/local/process_identity.hpp"

namespace goflow::cli {
namespace {

using core::Object;
using core::Result;
using core::Value;

constexpr Field fields[] = {
    {"id", "the name it is saved under"},
    {"name", "its title"},
    {"description", "what its author says about it"},
    {"nodes", "how many nodes it has; null when the file is not valid"},
    {"valid", "false when it could not be run as it is"},
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
  core::StoredWorkflow stored;
  std::optional<core::Workflow> workflow;  // absent: not valid
  std::optional<core::Execution> last_run;
};

Result<std::vector<Row>> find_rows(Context& context) {
  GOFLOW_TRY(core::WorkflowStore * store, context.workflows());
  GOFLOW_TRY(auto stored_workflows, store->list());
  GOFLOW_TRY(core::ExecutionStore * history, context.executions_if_any());
  std::vector<Row> rows;
  for (core::StoredWorkflow& stored : stored_workflows) {
    Row row{std::move(stored), std::nullopt, std::nullopt};
    row.workflow = core::read_workflow(row.stored.text).workflow;
    if (history != nullptr) {
      GOFLOW_TRY(row.last_run, history->latest(row.stored.id));
    }
    rows.push_back(std::move(row));
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
  Table table({{"NAME"}, {"NODES", Align::right}, {"LAST RUN"}, {""}, {"UPDATED"}});
  for (const Row& row : rows) {
    table.add({text_cell(row.stored.id),
               row.workflow ? number_cell(static_cast<std::int64_t>(row.workflow->nodes.size()))
                            : mark_cell(fault_mark("invalid")),
               last_run_cell(row, now),
               row.last_run ? time_cell(row.last_run->created_at, now) : blank_cell(),
               time_cell(row.stored.updated_at, now)});
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
  const auto& workflow = row.workflow;
  return {{"id", row.stored.id},
          {"name", workflow ? Value(workflow->name) : Value()},
          {"description", workflow ? Value(workflow->description) : Value()},
          {"nodes", workflow ? Value(static_cast<std::int64_t>(workflow->nodes.size())) : Value()},
          {"valid", workflow.has_value()},
          {"updated_at", core::format_rfc3339(row.stored.updated_at)},
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
