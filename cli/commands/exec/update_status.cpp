// goflow exec update-status: what another program, which runs an execution, reports about it.
#include "cli/arguments/execution_argument.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/exec/execution_record.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"
#include "cli/io/run_outline.hpp"
#include "core/claimcheck/large_values.hpp"
#include "core/execution/status_report.hpp"
#include "core/value/json.hpp"
#include "engine/local/process_identity.hpp"

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Execution;
using core::Result;

struct UpdateStatusOptions {
  std::string execution;
  std::string file;
  OutputChoice output;
};

void declare(Command& command, UpdateStatusOptions& options) {
  command.summary("report how an execution goes that somebody else runs")
      .describe(
          "Merges a JSON object into the record: phase or status, tasks, return_value, error, "
          "started_at, completed_at, temporal_workflow_id. What is absent or empty stays. A list "
          "of tasks replaces the recorded one; with \"tasks_mode\":\"merge\" each replaces the one "
          "with its task_id. A task has task_id, task_name, task_type, status, input, output, "
          "started_at, completed_at, error and metadata.")
      .example("goflow exec update-status ID --file report.json", "from a file")
      .example("echo '{\"status\":\"running\"}' | goflow exec update-status ID --file -", "")
      .exit_code(2, "the report cannot be read")
      .exit_code(6, "the execution has ended, is run by a process, or may not move there");
  command.positional("ID", options.execution, execution_argument_help)
      .completes(CompletesWith::execution_id);
  command.option("--file FILE", options.file, "the report; - is stdin")
      .completes(CompletesWith::file);
  command.json(options.output, execution_fields());
}

Result<core::Value> read_report(const std::string& file, Context& context) {
  if (file.empty()) {
    return Error{ErrorCode::invalid_argument, "--file is missing"}.with_hint(
        "--file FILE, or --file - for stdin");
  }
  GOFLOW_TRY(const std::string text, context.read_input(file));
  auto report = core::parse_json(text);
  if (!report) return std::move(report).error().with_context("read the report '" + file + "'");
  return report;
}

/// Before the record is opened for writing: the register of blobs has its own say in the database.
Result<core::Value> kept(core::Value report, const std::string& execution_id, Context& context) {
  GOFLOW_TRY(core::ClaimCheck * claim_check, context.claim_check());
  const core::Redactor nothing_secret;
  core::LargeValues large_values(claim_check, execution_id, nothing_secret, context.clock());
  report = core::with_large_values_kept(std::move(report), large_values);
  for (const std::string& warning : large_values.warnings()) {
    context.err().line("warning: " + warning);
  }
  return report;
}

Result<void> check_not_owned(const Execution& execution, core::Timestamp now) {
  if (!execution.owner || !engine::is_alive(*execution.owner, now)) return {};
  return Error{ErrorCode::failed_precondition,
               "execution '" + execution.id + "' is being run by process " +
                   std::to_string(execution.owner->pid)}
      .with_hint("only executions of 'goflow exec create --runner external' are reported about");
}

Result<void> run(const UpdateStatusOptions& options, Context& context) {
  GOFLOW_TRY(core::ExecutionStore * store, context.executions());
  GOFLOW_TRY(const Execution found, find_execution(options.execution, *store));
  GOFLOW_TRY(core::Value read, read_report(options.file, context));
  GOFLOW_TRY(const core::Value report, kept(std::move(read), found.id, context));
  const core::Timestamp now = context.now();
  GOFLOW_TRY(
      const Execution updated,
      store->update_with_nodes(
          found.id,
          [&](Execution& execution, std::vector<core::NodeExecution>& nodes) -> Result<void> {
            GOFLOW_TRY(check_not_owned(execution, now));
            return core::merge_report(report, execution, nodes, context.user_name(), now);
          }));
  if (options.output.is_text()) {
    context.tell(short_id(updated.id) + " is " + std::string(to_string(updated.status)));
    return {};
  }
  GOFLOW_TRY(const core::Object record, execution_record(updated, *store, now));
  write_records(context.out(), options.output, record);
  return {};
}

}  // namespace

std::unique_ptr<Action> exec_update_status() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
