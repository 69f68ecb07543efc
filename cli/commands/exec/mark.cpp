// goflow exec mark: settle an interrupted execution without running anything.
#include "cli/arguments/execution_argument.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"
#include "cli/io/run_outline.hpp"
#include "engine/local/process_identity.hpp"
#include "engine/local/settlement.hpp"

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Execution;
using core::ExecutionStatus;
using core::Result;

constexpr Field fields[] = {
    {"id", "id of the execution"},
    {"status", "its status afterwards"},
};

struct MarkOptions {
  std::string execution;
  std::optional<ExecutionStatus> status;
  OutputChoice output;
};

void declare(Command& command, MarkOptions& options) {
  command.summary("settle an interrupted execution without running anything")
      .describe(
          "For an execution whose process is gone and which nobody wants to resume. Nodes that "
          "were running become cancelled, and what its steps left running is ended. A failed or "
          "cancelled one can be retried later.")
      .example("goflow exec mark @latest --status failed", "it will not be resumed")
      .exit_code(6, "the execution is not interrupted");
  command.positional("ID", options.execution, execution_argument_help)
      .completes(CompletesWith::execution_id);
  command.option("--status STATUS",
                 options.status,
                 Choices<ExecutionStatus>{{"failed", ExecutionStatus::failed},
                                          {"cancelled", ExecutionStatus::cancelled}},
                 "what became of it");
  command.json(options.output, fields);
}

Result<void> check_interrupted(const Execution& execution, core::Timestamp now) {
  if (engine::is_interrupted(execution, now)) return {};
  const std::string status(to_string(execution.status));
  return Error{ErrorCode::failed_precondition,
               "execution '" + execution.id + "' is not interrupted: it is " + status}
      .with_hint(is_terminal(execution.status)
                     ? "see it: goflow exec show " + short_id(execution.id)
                     : "stop it: goflow exec cancel " + short_id(execution.id));
}

Result<void> run(const MarkOptions& options, Context& context) {
  if (!options.status) {
    return Error{ErrorCode::invalid_argument, "--status is missing"}.with_hint(
        "what became of it: --status failed, or --status cancelled");
  }
  GOFLOW_TRY(core::ExecutionStore * store, context.executions());
  GOFLOW_TRY(const Execution execution, find_execution(options.execution, *store));
  const core::Timestamp now = context.now();
  GOFLOW_TRY(check_interrupted(execution, now));
  core::Failure reason{
      "interrupted",
      "marked as " + std::string(to_string(*options.status)) + " by " + context.user_name()};
  GOFLOW_TRY(const Execution ended,
             engine::settle(execution, *options.status, std::move(reason), *store, now));
  if (options.output.is_text()) {
    context.tell(short_id(ended.id) + " is " + std::string(to_string(ended.status)));
    return {};
  }
  write_records(context.out(),
                options.output,
                core::Object{{"id", ended.id}, {"status", to_string(ended.status)}});
  return {};
}

}  // namespace

std::unique_ptr<Action> exec_mark() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
