// goflow exec export: executions, whole, for other programs.
#include "cli/arguments/execution_argument.hpp"
#include "cli/arguments/execution_filter.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/exec/execution_record.hpp"
#include "cli/context.hpp"
#include "cli/io/csv.hpp"
#include "core/value/json.hpp"
#include "storage/files/atomic_file.hpp"

#include <string_view>
#include <utility>

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Execution;
using core::Object;
using core::Result;
using core::Value;

// In one read transaction: a long export must not hold up the checkpoints of others.
constexpr int page_size = 100;

enum class ExportFormat { json, jsonl, csv };

struct ExportOptions {
  std::vector<std::string> executions;
  FilterArguments filters;
  ExportFormat format = ExportFormat::json;
  bool nodes = false;
  std::string output = "-";
};

const std::vector<std::string>& execution_columns() {
  static const std::vector<std::string> columns{
      "id",         "name",       "workflow",     "workflow_version", "status",
      "created_at", "started_at", "completed_at", "duration_ms",      "error",
      "tags",       "labels",     "inputs",       "return_value",     "slug",
      "instance",   "phase",      "interrupted",  "runner",           "annotations",
      "reopened",   "rerun_of",   "parent"};
  return columns;
}

const std::vector<std::string>& node_columns() {
  static const std::vector<std::string> columns{"execution",
                                                "workflow",
                                                "path",
                                                "node",
                                                "type",
                                                "status",
                                                "attempt",
                                                "started_at",
                                                "completed_at",
                                                "duration_ms",
                                                "error",
                                                "inputs",
                                                "outputs"};
  return columns;
}

void declare(Command& command, ExportOptions& options) {
  command.summary("write executions out in full, for other programs")
      .describe(
          "Those named, or those for which all filters hold, newest first; without either, all. "
          "JSON is one array, JSONL one object per line, both with everything that 'goflow exec "
          "show --json' tells. CSV has one row for each execution, or with --nodes for each node; "
          "inputs, values and the like are JSON in their column. All is written as it is read, so "
          "that an export may be longer than memory.")
      .example("goflow exec export --since 30d --format jsonl > month.jsonl", "the last month")
      .example("goflow exec export @latest --format csv --nodes", "the nodes of the newest one");
  command.positional("[ID...]", options.executions, execution_argument_help)
      .completes(CompletesWith::execution_id);
  command.option(
      "--format FORMAT",
      options.format,
      Choices<ExportFormat>{
          {"json", ExportFormat::json}, {"jsonl", ExportFormat::jsonl}, {"csv", ExportFormat::csv}},
      "json, jsonl or csv");
  command.flag("--nodes", options.nodes, "with csv: one row for each node");
  command.option("-o, --output FILE", options.output, "a file; - is stdout")
      .completes(CompletesWith::file);
  declare_filters(command, options.filters);
}

Result<void> check(const ExportOptions& options) {
  if (options.nodes && options.format != ExportFormat::csv) {
    return Error{ErrorCode::invalid_argument, "--nodes needs --format csv"}.with_hint(
        "the other formats have the nodes anyway");
  }
  if (!options.executions.empty() && !options.filters.empty()) {
    return Error{ErrorCode::invalid_argument, "ids and filters exclude each other"};
  }
  return {};
}

/// Text as it is, nothing for null, all else as JSON.
std::string csv_cell(const Value* value) {
  if (value == nullptr || value->is_null()) return "";
  return value->is_text() ? value->as_text() : core::to_json(*value);
}

std::string csv_row_of(const Value& record, const std::vector<std::string>& columns) {
  std::vector<std::string> cells;
  for (const std::string& column : columns) {
    cells.push_back(csv_cell(record.find(column)));
  }
  return csv_row(cells);
}

/// Writes the records one after the other, in the format asked for.
class Writer {
 public:
  Writer(const ExportOptions& options, const storage::Sink& sink)
      : options_(options), sink_(sink) {}

  Result<void> begin() {
    if (options_.format == ExportFormat::json) return sink_("[");
    if (options_.format == ExportFormat::jsonl) return {};
    return sink_(csv_row(options_.nodes ? node_columns() : execution_columns()));
  }

  Result<void> add(const Object& record) {
    const bool is_first = std::exchange(is_first_, false);
    switch (options_.format) {
      case ExportFormat::json:
        return sink_((is_first ? "\n" : ",\n") + core::to_json(record));
      case ExportFormat::jsonl:
        return sink_(core::to_json(record) + "\n");
      case ExportFormat::csv:
        return add_rows(record);
    }
    return {};
  }

  Result<void> finish() {
    if (options_.format != ExportFormat::json) return {};
    return sink_(is_first_ ? "]\n" : "\n]\n");
  }

 private:
  Result<void> add_rows(const Object& record) {
    if (!options_.nodes) return sink_(csv_row_of(record, execution_columns()));
    for (const Value& node : record.find("nodes")->as_array()) {
      Object row = node.as_object();
      row.set("execution", *record.find("id"));
      row.set("workflow", *record.find("workflow"));
      GOFLOW_TRY(sink_(csv_row_of(row, node_columns())));
    }
    return {};
  }

  const ExportOptions& options_;
  const storage::Sink& sink_;
  bool is_first_ = true;
};

Result<void> add(const std::string& id,
                 Writer& writer,
                 core::ExecutionStore& store,
                 Context& context) {
  GOFLOW_TRY(const auto execution, store.find(id));
  if (!execution) return {};  // deleted by somebody meanwhile
  GOFLOW_TRY(const Object record,
             execution_record(*execution, store, context.now(), LargeValue::in_full));
  return writer.add(record);
}

Result<void> add_named(const ExportOptions& options,
                       Writer& writer,
                       core::ExecutionStore& store,
                       Context& context) {
  for (const std::string& word : options.executions) {
    GOFLOW_TRY(const Execution execution, find_execution(word, store));
    GOFLOW_TRY(add(execution.id, writer, store, context));
  }
  return {};
}

Result<void> add_matching(const core::ExecutionFilter& filter,
                          Writer& writer,
                          core::ExecutionStore& store,
                          Context& context) {
  std::optional<core::PagePosition> after;
  do {
    GOFLOW_TRY(const core::ExecutionPage page, store.list(filter, page_size, after));
    for (const Execution& execution : page.executions) {
      GOFLOW_TRY(add(execution.id, writer, store, context));
    }
    after = page.next;
  } while (after && !context.out().reader_is_gone());
  return {};
}

Result<void> write_all(const ExportOptions& options,
                       const core::ExecutionFilter& filter,
                       core::ExecutionStore* store,
                       const storage::Sink& sink,
                       Context& context) {
  Writer writer(options, sink);
  GOFLOW_TRY(writer.begin());
  if (store != nullptr && !options.executions.empty()) {
    GOFLOW_TRY(add_named(options, writer, *store, context));
  } else if (store != nullptr) {
    GOFLOW_TRY(add_matching(filter, writer, *store, context));
  }
  return writer.finish();
}

/// Before anything is written: a mistake must not leave half an array.
Result<void> check_names(const ExportOptions& options, core::ExecutionStore* store) {
  for (const std::string& word : options.executions) {
    if (store == nullptr) {
      return Error{ErrorCode::not_found, "no execution '" + word + "'"}.with_hint(
          "make one: goflow run WORKFLOW");
    }
    GOFLOW_TRY(find_execution(word, *store));
  }
  return {};
}

Result<void> run(const ExportOptions& options, Context& context) {
  GOFLOW_TRY(check(options));
  GOFLOW_TRY(core::ExecutionStore * store, context.executions_if_any());
  GOFLOW_TRY(check_names(options, store));
  GOFLOW_TRY(const core::ExecutionFilter filter, make_filter(options.filters, store, context));
  const auto produce = [&](const storage::Sink& sink) {
    return write_all(options, filter, store, sink, context);
  };
  if (options.output != "-") return storage::write_output_file(options.output, produce);
  return produce([&](std::string_view text) -> Result<void> {
    context.out().write(text);
    return {};
  });
}

}  // namespace

std::unique_ptr<Action> exec_export() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
