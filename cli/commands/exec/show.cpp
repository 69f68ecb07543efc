// goflow exec show: one execution in full, and where its time went.
#include "cli/arguments/execution_argument.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/exec/execution_record.hpp"
#include "cli/commands/exec/verdict.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"
#include "cli/io/run_outline.hpp"
#include "cli/io/table.hpp"
#include "cli/io/timeline.hpp"
#include "core/execution/pipeline/retrieval.hpp"
#include "core/value/json.hpp"
#include "engine/local/process_identity.hpp"

namespace goflow::cli {
namespace {

using core::Execution;
using core::ExecutionStatus;
using core::Result;

struct ShowOptions {
  std::string execution;
  bool full = false;
  bool result_only = false;
  bool variables = false;
  bool exit_status = false;
  OutputChoice output;
};

void declare(Command& command, ShowOptions& options) {
  command.summary("show an execution and its nodes")
      .example("goflow exec show @latest", "the newest one, with a timeline")
      .example("goflow exec show 8m4vq2dk --result", "only what it returned")
      .exit_code(8, "with --exit-status: it is still running")
      .exit_code(10, "with --exit-status: it failed");
  command.positional("ID", options.execution, execution_argument_help)
      .completes(CompletesWith::execution_id);
  command.flag("--full",
               options.full,
               "every round of every loop, every attempt, and large values themselves");
  command.flag("--result", options.result_only, "print the return value alone");
  command.flag("--variables", options.variables, "the history of its variables, change by change");
  command.flag("--exit-status", options.exit_status, "exit as 'goflow exec run' would have");
  command.json(options.output, execution_fields());
  command.output_format(options.output);
}

/// The fields that can be chosen are those of the execution.
Result<void> check(const ShowOptions& options) {
  if (!options.variables || options.output.fields.empty()) return {};
  return core::Error{core::ErrorCode::invalid_argument,
                     "--variables goes without a choice of fields"}
      .with_hint("all of them: goflow exec show " + options.execution + " --variables --json");
}

std::vector<std::string> planned_ids(const Execution& execution, const core::Workflow& workflow) {
  std::vector<std::string> ids;
  for (const PlannedNode& node : outline_of(workflow, execution.id).nodes) {
    ids.push_back(node.id);
  }
  return ids;
}

/// Of a completed run every node has its record.
Result<std::vector<std::string>> planned_nodes(const Execution& execution,
                                               core::ExecutionStore& store) {
  std::vector<std::string> ids;
  if (execution.status == ExecutionStatus::completed) return ids;
  GOFLOW_TRY(const auto workflow, find_definition(execution, store));
  if (workflow) ids = planned_ids(execution, *workflow);
  return ids;
}

Result<void> write_text(const Execution& execution,
                        const ShowOptions& options,
                        core::ExecutionStore& store,
                        Context& context) {
  GOFLOW_TRY(const auto nodes, store.nodes(execution.id));
  GOFLOW_TRY(auto planned, planned_nodes(execution, store));
  TimelineRequest request{execution,
                          nodes,
                          std::move(planned),
                          context.now(),
                          options.full ? Rounds::all : Rounds::folded};
  request.is_interrupted = engine::is_interrupted(execution, context.now());
  GOFLOW_TRY(request.children, store.children(execution.id));
  if (options.full || !context.out().is_terminal()) {
    GOFLOW_TRY(request.attempts, store.attempts(execution.id));
  }
  if (!context.out().is_terminal()) {
    context.out().write(list_timeline(request));
    return {};
  }
  const std::size_t width = context.terminal().size().columns;
  context.show(draw_timeline(request, context.out().style(), width));
  return {};
}

LargeValue large_values(const ShowOptions& options) {
  return options.full ? LargeValue::in_full : LargeValue::as_claim;
}

Result<void> write_variables(const Execution& execution,
                             const ShowOptions& options,
                             core::ExecutionStore& store,
                             Context& context) {
  GOFLOW_TRY(const auto changes, store.variables(execution.id));
  if (!options.output.is_text()) {
    core::Array records;
    for (const core::VariableChange& change : changes) {
      records.emplace_back(variable_record(change, large_values(options)));
    }
    write_records(context.out(), options.output, records);
    return {};
  }
  if (changes.empty()) context.tell("no variable was changed");
  Table table({{"TIME"}, {"NAME"}, {"SCOPE"}, {"SET BY"}, {"FROM"}, {"TO"}});
  for (const core::VariableChange& change : changes) {
    const core::Object record = variable_record(change, large_values(options));
    const std::string from = change.old_value ? core::to_json(*record.find("old_value")) : "";
    table.add({time_cell(change.at, context.now()),
               text_cell(change.name),
               change.scope.empty() ? blank_cell() : text_cell(change.scope),
               change.node_path.empty() ? blank_cell() : text_cell(change.node_path),
               from.empty() ? blank_cell() : text_cell(from),
               text_cell(core::to_json(*record.find("new_value")))});
  }
  table.write(context.terminal());
  return {};
}

Result<void> write(const Execution& execution,
                   const ShowOptions& options,
                   core::ExecutionStore& store,
                   Context& context) {
  if (options.variables) return write_variables(execution, options, store, context);
  if (options.result_only) {
    write_result(context.out(), execution.return_value);
    return {};
  }
  if (options.output.is_text()) return write_text(execution, options, store, context);
  GOFLOW_TRY(const core::Object record,
             execution_record(execution, store, context.now(), large_values(options)));
  write_records(context.out(), options.output, record);
  return {};
}

Result<void> run(const ShowOptions& options, Context& context) {
  GOFLOW_TRY(check(options));
  GOFLOW_TRY(core::ExecutionStore * store, context.executions());
  GOFLOW_TRY(const core::Retrieval retrieval,
             core::retrieval_pipeline().run({options.execution, store}, context.steps()));
  const Execution& execution = retrieval.execution;
  GOFLOW_TRY(write(execution, options, *store, context));
  return options.exit_status ? verdict_of(execution) : Result<void>();
}

}  // namespace

std::unique_ptr<Action> exec_show() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
