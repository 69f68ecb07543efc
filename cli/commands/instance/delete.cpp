// goflow instance delete: forget instances for good.
#include "cli/arguments/instance_argument.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/instance/instance_record.hpp"
#include "cli/context.hpp"
#include "cli/io/prompt.hpp"
#include "cli/io/records.hpp"

#include <algorithm>

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Instance;
using core::Result;

struct DeleteOptions {
  std::vector<std::string> instances;
  bool yes = false;
  bool dry_run = false;
  OutputChoice output;
};

void declare(Command& command, DeleteOptions& options) {
  command.summary("delete instances")
      .describe(
          "The executions of an instance that have ended stay, with its id and with what they were "
          "run with. Refused while one has not ended, an interrupted one as well. To delete the "
          "default instance of a workflow does no harm: the next run makes another.")
      .example("goflow instance delete nightly-eu", "asks first")
      .example("goflow instance delete --yes --json nightly-eu", "prints what was deleted")
      .exit_code(3, "no such instance; nothing was deleted")
      .exit_code(6, "an execution of it has not ended");
  command.positional("INSTANCE...", options.instances, instance_argument_help)
      .completes(CompletesWith::instance_id);
  command.flag("-y, --yes", options.yes, "do not ask");
  command.flag("--dry-run", options.dry_run, "only say what would be deleted");
  command.json(options.output, instance_fields());
}

Result<std::vector<InstanceView>> find_all(const std::vector<std::string>& written,
                                           core::InstanceStore* store,
                                           Context& context) {
  std::vector<InstanceView> found;
  for (const std::string& word : written) {
    GOFLOW_TRY(Instance instance, find_instance(word, store));
    const bool is_known = std::any_of(found.begin(), found.end(), [&](const InstanceView& other) {
      return other.instance.id == instance.id;
    });
    if (is_known) continue;
    GOFLOW_TRY(found.emplace_back(), view_of(std::move(instance), context));
  }
  return found;
}

/// The store refuses it, too; here before anybody is asked.
Result<void> check_not_in_use(const Instance& instance, Context& context) {
  using enum core::ExecutionStatus;
  GOFLOW_TRY(core::ExecutionStore * history, context.executions());
  core::ExecutionFilter unended;
  unended.instance_id = instance.id;
  unended.statuses = {pending, running, waiting};
  GOFLOW_TRY(const auto runs, history->list(unended, 1, std::nullopt));
  if (runs.executions.empty()) return {};
  return core::instance_in_use(instance, runs.executions.front());
}

Result<void> delete_one(const Instance& instance,
                        const DeleteOptions& options,
                        core::InstanceStore& store,
                        Context& context) {
  GOFLOW_TRY(const bool is_sure,
             confirm(context.terminal(),
                     "delete instance '" + instance.slug + "' of " + instance.workflow_id + "?",
                     context.consent(options.yes)));
  if (!is_sure) return Error{ErrorCode::cancelled, "nothing was deleted"};
  return store.remove(instance.id);
}

Result<void> run(const DeleteOptions& options, Context& context) {
  GOFLOW_TRY(core::InstanceStore * store, context.instances_if_any());
  GOFLOW_TRY(const std::vector<InstanceView> views, find_all(options.instances, store, context));
  for (const InstanceView& view : views) {
    GOFLOW_TRY(check_not_in_use(view.instance, context));
  }
  core::Array records;
  for (const InstanceView& view : views) {
    if (!options.dry_run) GOFLOW_TRY(delete_one(view.instance, options, *store, context));
    records.emplace_back(instance_record(view));
    if (!options.output.is_text()) continue;
    context.tell((options.dry_run ? "would delete '" : "deleted '") + view.instance.slug + "'");
  }
  if (!options.output.is_text()) write_records(context.out(), options.output, records);
  return {};
}

}  // namespace

std::unique_ptr<Action> instance_delete() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
