// goflow workflow delete: remove saved workflows for good.
#include "cli/arguments/workflow_argument.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/io/prompt.hpp"
#include "cli/io/records.hpp"
#include "engine/local/process_identity.hpp"

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;

constexpr Field fields[] = {
    {"id", "name of the workflow"},
    {"deleted", "false with --dry-run"},
    {"instances", "slugs of its instances, which stay; without its default instance"},
};

struct DeleteOptions {
  std::vector<std::string> workflows;
  bool yes = false;
  bool force = false;
  bool dry_run = false;
  OutputChoice output;
};

void declare(Command& command, DeleteOptions& options) {
  command.summary("delete saved workflows")
      .describe(
          "The history of their executions stays, and each execution keeps the text it was run "
          "with. So do its instances, until goflow instance delete. The workflow itself becomes a "
          "version of the past, which goflow workflow restore "
          "brings back. Refused while one of them is running, unless --force is given.")
      .example("goflow workflow delete nightly", "asks first")
      .example("goflow workflow delete --yes nightly", "for scripts")
      .exit_code(6, "an execution of it is running");
  command.positional("WORKFLOW...", options.workflows, "names of saved workflows")
      .completes(CompletesWith::workflow_id);
  command.flag("-y, --yes", options.yes, "do not ask");
  command.flag("--force", options.force, "also while executions of it are running");
  command.flag("--dry-run", options.dry_run, "only say what would be deleted");
  command.json(options.output, fields);
}

Result<void> check_not_running(const std::string& id, Context& context) {
  GOFLOW_TRY(core::ExecutionStore * history, context.executions_if_any());
  if (history == nullptr) return {};
  const core::Timestamp now = context.now();
  core::ExecutionFilter filter;
  filter.workflow_id = id;
  filter.statuses = {core::ExecutionStatus::running, core::ExecutionStatus::waiting};
  filter.keep = [now](const core::Execution& execution) {
    return !engine::is_interrupted(execution, now);
  };
  GOFLOW_TRY(const auto page, history->list(filter, 1, std::nullopt));
  if (page.executions.empty()) return {};
  const std::string& running = page.executions.front().id;
  return Error{ErrorCode::failed_precondition,
               "workflow '" + id + "' is running as execution '" + running + "'"}
      .with_hint("end it first: goflow exec cancel " + running + ", or use --force");
}

/// A workflow with history is worth a second thought: its name has to be typed.
Result<bool> confirmed(const std::string& id, Consent consent, Context& context) {
  GOFLOW_TRY(core::ExecutionStore * history, context.executions_if_any());
  std::optional<core::Execution> latest;
  if (history != nullptr) {
    GOFLOW_TRY(latest, history->latest(id));
  }
  Terminal& terminal = context.terminal();
  const std::string question = "delete workflow '" + id + "'?";
  return latest ? confirm_by_name(terminal, question, id, consent)
                : confirm(terminal, question, consent);
}

Result<bool> delete_one(const std::string& id, const DeleteOptions& options, Context& context) {
  GOFLOW_TRY(find_saved_workflow(id, context));
  if (!options.force) GOFLOW_TRY(check_not_running(id, context));
  if (options.dry_run) return false;
  GOFLOW_TRY(const bool is_sure, confirmed(id, context.consent(options.yes), context));
  if (!is_sure) return Error{ErrorCode::cancelled, "nothing was deleted"};
  GOFLOW_TRY(core::WorkflowStore * store, context.workflows());
  return store->remove(id);
}

/// How to get it back.
std::string undo_hint(const std::string& id, Context& context) {
  const auto store = context.workflows();
  if (!store) return "";
  const auto versions = (*store)->versions(id);
  if (!versions || versions->empty()) return "";
  return "; undo: goflow workflow restore " + id + "@" + std::to_string(versions->front().number);
}

/// Those that somebody made: the default instance binds nothing, and comes back by itself.
Result<std::vector<std::string>> instances_left(const std::string& id, Context& context) {
  std::vector<std::string> slugs;
  GOFLOW_TRY(core::InstanceStore * store, context.instances_if_any());
  if (store == nullptr) return slugs;
  GOFLOW_TRY(const auto instances, store->list(id));
  GOFLOW_TRY(const auto default_id, store->default_of(id));
  for (const core::Instance& instance : instances) {
    if (instance.id != default_id) slugs.push_back(instance.slug);
  }
  return slugs;
}

void tell_outcome(const std::string& id,
                  bool deleted,
                  const std::vector<std::string>& instances,
                  Context& context) {
  context.tell(deleted ? "deleted '" + id + "'" + undo_hint(id, context)
                       : "would delete '" + id + "'");
  if (instances.empty()) return;
  context.tell(std::to_string(instances.size()) +
               (instances.size() == 1 ? " instance of it stays" : " instances of it stay") +
               ": goflow instance list --workflow " + id);
}

Result<void> run(const DeleteOptions& options, Context& context) {
  core::Array records;
  for (const std::string& id : options.workflows) {
    GOFLOW_TRY(const bool deleted, delete_one(id, options, context));
    GOFLOW_TRY(const std::vector<std::string> instances, instances_left(id, context));
    records.emplace_back(
        core::Object{{"id", id},
                     {"deleted", deleted},
                     {"instances", core::Array(instances.begin(), instances.end())}});
    if (options.output.is_text()) tell_outcome(id, deleted, instances, context);
  }
  if (!options.output.is_text()) write_records(context.out(), options.output, records);
  return {};
}

}  // namespace

std::unique_ptr<Action> workflow_delete() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
