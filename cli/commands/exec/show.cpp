// goflow exec show: one execution in full, and where its time went.
#include "cli/arguments/execution_argument.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/exec/execution_record.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"
#include "cli/io/run_outline.hpp"
#include "cli/io/timeline.hpp"
#include "core/workflow/reader.hpp"

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Execution;
using core::ExecutionStatus;
using core::Result;

struct ShowOptions {
  std::string execution;
  bool full = false;
  bool result_only = false;
  bool exit_status = false;
  OutputChoice output;
};

void declare(Command& command, ShowOptions& options) {
  command.summary("show an execution and its nodes")
      .example("goflow exec show @latest", "the newest one, with a timeline")
      .example("goflow exec show 8m4vq2dk --result", "only what it returned")
      .exit_code(8, "with --exit-status: it is still running")
      .exit_code(10, "with --exit-status: it failed");
  command.positional("ID", options.execution, "id, unique beginning or ending of it, or @latest")
      .completes(CompletesWith::execution_id);
  command.flag("--full", options.full, "every round of every loop");
  command.flag("--result", options.result_only, "print the return value alone");
  command.flag("--exit-status", options.exit_status, "exit as 'goflow exec run' would have");
  command.json(options.output, execution_fields());
  command.output_format(options.output);
}

/// The workflow as it was when the run began; nullopt when that text cannot be read any more.
Result<std::optional<core::Workflow>> find_definition(const Execution& execution,
                                                      core::ExecutionStore& store) {
  if (execution.definition_sha256.empty()) return std::optional<core::Workflow>();
  GOFLOW_TRY(const std::string text, store.definition(execution.definition_sha256));
  return core::read_workflow(text).workflow;
}

std::vector<std::string> planned_ids(const Execution& execution, const core::Workflow& workflow) {
  std::vector<std::string> ids;
  for (const PlannedNode& node : outline_of(workflow, execution.id).nodes) {
    ids.push_back(node.id);
  }
  return ids;
}

void write_text(const Execution& execution,
                const std::vector<core::NodeExecution>& nodes,
                const std::vector<Execution>& children,
                std::vector<std::string> planned,
                const ShowOptions& options,
                Context& context) {
  const TimelineRequest request{execution,
                                nodes,
                                std::move(planned),
                                context.now(),
                                options.full ? Rounds::all : Rounds::folded,
                                children};
  if (!context.out().is_terminal()) {
    context.out().write(list_timeline(request));
    return;
  }
  const std::size_t width = context.terminal().size().columns;
  context.show(draw_timeline(request, context.out().style(), width));
}

Result<void> verdict(const Execution& execution) {
  const std::string sentence =
      "execution '" + execution.id + "': " + std::string(to_string(execution.status));
  switch (execution.status) {
    case ExecutionStatus::completed:
      return {};
    case ExecutionStatus::failed:
      return Error{ErrorCode::execution_failed, sentence};
    case ExecutionStatus::cancelled:
      return Error{ErrorCode::cancelled, sentence};
    case ExecutionStatus::timed_out:
      return Error{ErrorCode::timed_out, sentence};
    case ExecutionStatus::pending:
    case ExecutionStatus::running:
    case ExecutionStatus::waiting:
      return Error{ErrorCode::running, sentence};
  }
  return {};
}

Result<void> run(const ShowOptions& options, Context& context) {
  GOFLOW_TRY(core::ExecutionStore * store, context.executions());
  GOFLOW_TRY(const Execution execution, find_execution(options.execution, *store));
  if (options.result_only) {
    write_result(context.out(), execution.return_value);
  } else {
    GOFLOW_TRY(const auto nodes, store->nodes(execution.id));
    GOFLOW_TRY(const auto children, store->children(execution.id));
    GOFLOW_TRY(const auto workflow, find_definition(execution, *store));
    if (options.output.is_text()) {
      auto planned = workflow ? planned_ids(execution, *workflow) : std::vector<std::string>();
      write_text(execution, nodes, children, std::move(planned), options, context);
    } else {
      const auto expected = workflow ? top_level_ids(*workflow) : std::vector<std::string>();
      write_records(context.out(),
                    options.output,
                    execution_record(execution, nodes, expected, context.now(), children));
    }
  }
  return options.exit_status ? verdict(execution) : Result<void>();
}

}  // namespace

std::unique_ptr<Action> exec_show() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
