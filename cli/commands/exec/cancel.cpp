// goflow exec cancel: stop a run, wherever it runs.
#include "cli/arguments/execution_argument.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/exec/cancellation.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"
#include "cli/io/run_outline.hpp"

namespace goflow::cli {
namespace {

using core::Execution;
using core::ExecutionStatus;
using core::Result;

constexpr Field fields[] = {
    {"id", "id of the execution"},
    {"status", "its status afterwards"},
};

struct CancelOptions {
  std::string execution;
  bool force = false;
  std::string reason;
  OutputChoice output;
};

void declare(Command& command, CancelOptions& options) {
  command.summary("stop an execution")
      .describe(
          "Nothing new starts, running steps are asked to end and, five seconds later, killed with "
          "all they started. Returns when the record says that it is over. Cancelling again "
          "changes "
          "nothing.")
      .example("goflow exec cancel @latest", "stop the newest one")
      .exit_code(6, "the execution has ended already");
  command.positional("ID", options.execution, execution_argument_help)
      .completes(CompletesWith::execution_id);
  command.flag("--force", options.force, "kill running steps at once");
  command.option("--reason TEXT", options.reason, "kept in the record");
  command.json(options.output, fields);
}

Result<void> run(const CancelOptions& options, Context& context) {
  GOFLOW_TRY(core::ExecutionStore * store, context.executions());
  GOFLOW_TRY(const Execution execution, find_execution(options.execution, *store));
  const core::CancelRequest request{
      context.now(), context.user_name(), options.force, options.reason};
  GOFLOW_TRY(const ExecutionStatus status, cancel(execution, request, context));
  if (options.output.is_text()) {
    context.tell(short_id(execution.id) + " is " + std::string(to_string(status)));
    return {};
  }
  write_records(context.out(),
                options.output,
                core::Object{{"id", execution.id}, {"status", to_string(status)}});
  return {};
}

}  // namespace

std::unique_ptr<Action> exec_cancel() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
