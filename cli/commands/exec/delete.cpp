// goflow exec delete: forget executions for good.
#include "cli/arguments/execution_argument.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/exec/cancellation.hpp"
#include "cli/commands/exec/doomed.hpp"
#include "cli/commands/exec/execution_record.hpp"
#include "cli/context.hpp"
#include "cli/io/prompt.hpp"
#include "cli/io/records.hpp"
#include "cli/io/run_outline.hpp"
#include "cli/io/times.hpp"
#include "engine/local/process_identity.hpp"

#include <algorithm>

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Execution;
using core::Result;

struct DeleteOptions {
  std::vector<std::string> executions;
  bool yes = false;
  bool force = false;
  bool dry_run = false;
  OutputChoice output;
};

void declare(Command& command, DeleteOptions& options) {
  command.summary("delete executions with all that was recorded of them")
      .describe(
          "Nodes, variables, logs, signals and the executions of sub-workflows go with them, in "
          "one step or not at all. An execution that is going on is refused, unless --force is "
          "given: then it is cancelled by force first. Large outputs are freed by the next "
          "collection of blobs.")
      .example("goflow exec delete 8m4vq2dk", "asks first")
      .example("goflow exec delete --yes --json 8m4vq2dk", "prints what was deleted")
      .exit_code(6, "it is going on");
  command.positional("ID...", options.executions, execution_argument_help)
      .completes(CompletesWith::execution_id);
  command.flag("-y, --yes", options.yes, "do not ask");
  command.flag("--force", options.force, "also what is going on: cancel it first");
  command.flag("--dry-run", options.dry_run, "only show what would be deleted");
  command.json(options.output, execution_fields());
}

Result<std::vector<Execution>> find_all(const std::vector<std::string>& written,
                                        core::ExecutionStore& store) {
  std::vector<Execution> found;
  for (const std::string& word : written) {
    GOFLOW_TRY(Execution execution, find_execution(word, store));
    const bool is_known = std::any_of(found.begin(), found.end(), [&](const Execution& other) {
      return other.id == execution.id;
    });
    if (!is_known) found.push_back(std::move(execution));
  }
  return found;
}

/// Somebody works on it: a process of ours, or whoever reports about it.
bool goes_on(const Execution& execution, core::Timestamp now) {
  const bool has_begun = execution.status == core::ExecutionStatus::running ||
                         execution.status == core::ExecutionStatus::waiting;
  return has_begun && !engine::is_interrupted(execution, now);
}

Result<void> check_may_go(const Execution& execution, core::Timestamp now) {
  if (!goes_on(execution, now)) return {};
  return Error{ErrorCode::failed_precondition,
               "execution '" + execution.id + "' is " + std::string(to_string(execution.status))}
      .with_hint("end it first: goflow exec cancel " + short_id(execution.id) + ", or use --force");
}

std::string description_of(const std::vector<Execution>& executions, core::Timestamp now) {
  if (executions.size() > 1) return std::to_string(executions.size()) + " executions";
  const Execution& only = executions.front();
  return "execution '" + only.id + "' (" + only.workflow_id + ", " +
         std::string(to_string(only.status)) + ", " + relative_time(only.created_at, now) + ")";
}

Result<void> end_by_force(const Execution& execution, Context& context) {
  if (!goes_on(execution, context.now())) return {};
  const core::CancelRequest request{context.now(), context.user_name(), true, "deleted"};
  auto ended = cancel(execution, request, context);
  // It may have come to another end first, which will do as well.
  if (ended || ended.error().code == ErrorCode::failed_precondition) return {};
  return std::move(ended).error();
}

Result<core::Array> records_of(const std::vector<Execution>& executions,
                               core::ExecutionStore& store,
                               Context& context) {
  core::Array records;
  for (const Execution& execution : executions) {
    GOFLOW_TRY(const auto current, store.find(execution.id));
    if (!current) continue;
    GOFLOW_TRY(core::Object record, execution_record(*current, store, context.now()));
    records.emplace_back(std::move(record));
  }
  return records;
}

Result<void> remove(const std::vector<Execution>& executions,
                    const DeleteOptions& options,
                    core::ExecutionStore& store,
                    Context& context) {
  std::vector<std::string> ids;
  for (const Execution& execution : executions) {
    if (options.force) GOFLOW_TRY(end_by_force(execution, context));
    ids.push_back(execution.id);
  }
  const core::Timestamp now = context.now();
  return store.remove(ids,
                      [now](const Execution& execution) { return check_may_go(execution, now); });
}

Result<void> run(const DeleteOptions& options, Context& context) {
  GOFLOW_TRY(core::ExecutionStore * store, context.executions());
  GOFLOW_TRY(const std::vector<Execution> executions, find_all(options.executions, *store));
  const core::Timestamp now = context.now();
  for (const Execution& execution : executions) {
    if (!options.force) GOFLOW_TRY(check_may_go(execution, now));
  }
  const std::string what = description_of(executions, now);
  core::Array records;
  if (!options.output.is_text()) {
    GOFLOW_TRY(records, records_of(executions, *store, context));
  }
  if (!options.dry_run) {
    GOFLOW_TRY(const bool is_sure,
               confirm(context.terminal(), "delete " + what + "?", context.consent(options.yes)));
    if (!is_sure) return Error{ErrorCode::cancelled, "nothing was deleted"};
    GOFLOW_TRY(remove(executions, options, *store, context));
  }
  if (options.output.is_text()) {
    if (options.dry_run) write_doomed(executions, context);
    context.tell((options.dry_run ? "would delete " : "deleted ") + what);
  } else {
    write_records(context.out(), options.output, records);
  }
  return {};
}

}  // namespace

std::unique_ptr<Action> exec_delete() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
