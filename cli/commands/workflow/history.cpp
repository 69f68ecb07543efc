// goflow workflow history: the versions of a saved workflow.
#include "cli/arguments/workflow_version.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"
#include "cli/io/table.hpp"
#include "core/base/line_diff.hpp"
#include "core/base/sha256.hpp"

namespace goflow::cli {
namespace {

using core::Object;
using core::Result;
using core::Value;
using core::WorkflowVersion;

constexpr Field fields[] = {
    {"version", "its number, from 1"},
    {"current", "true for the one that is saved now"},
    {"saved_at", "when it was written"},
    {"added", "lines that the version before lacks; null when that is not kept"},
    {"removed", "lines that only the version before has; null when that is not kept"},
    {"size", "in bytes"},
    {"sha256", "digest of its text; an execution records that of its definition"},
};

struct HistoryOptions {
  std::string workflow;
  bool no_header = false;
  OutputChoice output;
};

void declare(Command& command, HistoryOptions& options) {
  command.summary("list the versions of a saved workflow, newest first")
      .describe(
          "A version is kept when it is replaced or deleted. The configuration says how many: "
          "goflow config get workflow.versions")
      .example("goflow workflow history nightly", "its versions, newest first")
      .example("goflow workflow show nightly@3", "the text of one of them")
      .example("goflow workflow restore nightly@3", "make it the current one again");
  command.positional("WORKFLOW", options.workflow, "name of a saved or deleted workflow")
      .completes(CompletesWith::workflow_id);
  command.flag("--no-header", options.no_header, "bare rows, as in a pipe");
  command.json(options.output, fields);
  command.output_format(options.output);
}

struct Row {
  WorkflowVersion version;
  std::optional<core::LineCounts> change;  // from the version before
};

/// `versions` are newest first.
std::vector<Row> rows_of(const std::vector<WorkflowVersion>& versions) {
  std::vector<Row> rows;
  for (std::size_t i = 0; i < versions.size(); ++i) {
    const WorkflowVersion& version = versions[i];
    Row row{version, std::nullopt};
    const bool has_previous =
        i + 1 < versions.size() && versions[i + 1].number == version.number - 1;
    if (has_previous) row.change = core::count_changed_lines(versions[i + 1].text, version.text);
    rows.push_back(std::move(row));
  }
  return rows;
}

Cell change_cell(const Row& row) {
  if (!row.change) return blank_cell();
  return text_cell("+" + std::to_string(row.change->added) + " -" +
                   std::to_string(row.change->removed));
}

void write_table(const std::vector<Row>& rows, const HistoryOptions& options, Context& context) {
  Table table({{"VERSION", Align::right}, {""}, {"SAVED"}, {"LINES"}, {"SIZE", Align::right}});
  for (const Row& row : rows) {
    table.add({number_cell(row.version.number),
               row.version.is_current ? mark_cell(ok_mark("current")) : blank_cell(),
               time_cell(row.version.saved_at, context.now()),
               change_cell(row),
               size_cell(std::ssize(row.version.text))});
  }
  table.write(context.terminal(), options.no_header ? TableForm::bare : TableForm::automatic);
}

Value count(const Row& row, std::size_t core::LineCounts::*member) {
  return row.change ? Value(static_cast<std::int64_t>((*row.change).*member)) : Value();
}

Object record_of(const Row& row) {
  return {{"version", row.version.number},
          {"current", row.version.is_current},
          {"saved_at", core::format_rfc3339(row.version.saved_at)},
          {"added", count(row, &core::LineCounts::added)},
          {"removed", count(row, &core::LineCounts::removed)},
          {"size", std::ssize(row.version.text)},
          {"sha256", core::sha256_hex(row.version.text)}};
}

Result<void> run(const HistoryOptions& options, Context& context) {
  GOFLOW_TRY(core::WorkflowStore * store, context.workflows());
  GOFLOW_TRY(const auto versions, store->versions(options.workflow));
  if (versions.empty()) return no_such_workflow(options.workflow, context);
  const std::vector<Row> rows = rows_of(versions);
  if (options.output.is_text()) {
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

std::unique_ptr<Action> workflow_history() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
