// goflow exec create: record an execution without starting it.
#include "cli/commands/commands.hpp"
#include "cli/commands/exec/execution_record.hpp"
#include "cli/commands/exec/new_execution.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"
#include "cli/io/run_outline.hpp"

namespace goflow::cli {
namespace {

using core::Result;
using core::Runner;

struct CreateOptions {
  NewExecutionOptions what;
  Runner runner = Runner::local;
  OutputChoice output;
};

void declare(Command& command, CreateOptions& options) {
  command.summary("record an execution without starting it")
      .describe(
          "Checks the workflow and its inputs, records the execution as pending and prints its id. "
          "'goflow exec start' runs it. With --runner external nobody here does: another program "
          "does the work and reports about it with 'goflow exec update-status'.")
      .example("goflow exec create nightly --input since=2026-11-19", "start it later")
      .example("goflow exec create nightly --runner external", "somebody else runs it")
      .exit_code(2, "an input is missing, unknown or of the wrong type")
      .exit_code(3, "no such workflow")
      .exit_code(5, "the workflow is not valid")
      .exit_code(6, "the name is taken");
  declare_new_execution(command, options.what);
  command.option("--runner WHO",
                 options.runner,
                 Choices<Runner>{{"local", Runner::local}, {"external", Runner::external}},
                 "who runs its nodes");
  command.json(options.output, execution_fields());
}

Result<void> run(const CreateOptions& options, Context& context) {
  GOFLOW_TRY(const NewExecution made,
             create_new(options.what, options.runner, options.output, context));
  if (options.output.is_text()) {
    context.out().line(made.execution.id);
    if (options.runner == Runner::local) {
      context.tell("start it: goflow exec start " + short_id(made.execution.id));
    }
    return {};
  }
  GOFLOW_TRY(core::ExecutionStore * store, context.executions());
  GOFLOW_TRY(const core::Object record, execution_record(made.execution, *store, context.now()));
  write_records(context.out(), options.output, record);
  return {};
}

}  // namespace

std::unique_ptr<Action> exec_create() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
