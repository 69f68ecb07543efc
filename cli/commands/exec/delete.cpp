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
#include "core/execution/pipeline/removal.hpp"
#include "engine/local/process_identity.hpp"

#include <utility>

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Execution;
using core::Removal;
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

/// Somebody works on it: a process of ours, or whoever reports about it.
bool goes_on(const Execution& execution, core::Timestamp now) {
  const bool has_begun = execution.status == core::ExecutionStatus::running ||
                         execution.status == core::ExecutionStatus::waiting;
  return has_begun && !engine::is_interrupted(execution, now);
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

/// Between what is found and its end stand the user's word, and the end of what goes on.
core::Pipeline<Removal> removal_with_consent(const DeleteOptions& options, Context& context) {
  const auto confirm_it = [&](Removal removal) -> Result<Removal> {
    const std::string question = "delete " + description_of(removal.found, context.now()) + "?";
    GOFLOW_TRY(const bool is_sure,
               confirm(context.terminal(), question, context.consent(options.yes)));
    if (is_sure) return removal;
    return Error{ErrorCode::cancelled, "nothing was deleted"};
  };
  const auto end_them = [&](Removal removal) -> Result<Removal> {
    for (const Execution& execution : removal.found) {
      if (options.force) GOFLOW_TRY(end_by_force(execution, context));
    }
    return removal;
  };
  return core::removal_pipeline()
      .with_before("DeleteResource", {"Confirm", confirm_it})
      .with_before("DeleteResource", {"EndByForce", end_them});
}

Result<void> run(const DeleteOptions& options, Context& context) {
  core::Array records;
  const auto keep_records = [&](Removal removal) -> Result<Removal> {
    if (options.output.is_text()) return removal;
    GOFLOW_TRY(records, records_of(removal.found, *removal.executions, context));
    return removal;
  };
  const auto pipeline =
      removal_with_consent(options, context).with_before("Confirm", {"KeepRecords", keep_records});
  const auto without_removal = core::removal_pipeline()
                                   .with_before("DeleteResource", {"KeepRecords", keep_records})
                                   .without("DeleteResource");
  Removal removal{{options.executions, options.force}};
  GOFLOW_TRY(removal.executions, context.executions());
  removal.goes_on = [&](const Execution& execution) { return goes_on(execution, context.now()); };
  const auto& chosen = options.dry_run ? without_removal : pipeline;
  GOFLOW_TRY(removal, chosen.run(std::move(removal), context.steps()));
  if (!options.output.is_text()) {
    write_records(context.out(), options.output, records);
    return {};
  }
  if (options.dry_run) write_doomed(removal.found, context);
  context.tell((options.dry_run ? "would delete " : "deleted ") +
               description_of(removal.found, context.now()));
  return {};
}

}  // namespace

std::unique_ptr<Action> exec_delete() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
