// goflow workflow restore: make a version of the past the current one.
#include "cli/arguments/workflow_argument.hpp"
#include "cli/arguments/workflow_version.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/workflow/replacement.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;

constexpr Field fields[] = {
    {"id", "name of the workflow"},
    {"restored", "number of the version whose text it has now"},
    {"change", "created, replaced or unchanged"},
    {"diff", "what changes, in unified form; null when nothing was there"},
};

struct RestoreOptions {
  std::string version;
  bool yes = false;
  bool dry_run = false;
  OutputChoice output;
};

void declare(Command& command, RestoreOptions& options) {
  command.summary("make an earlier version of a workflow the current one")
      .describe(
          "The text of that version is saved anew, under a new number; the version that was "
          "current is kept. It also brings back a workflow that was deleted.")
      .example("goflow workflow restore nightly@3", "shows what changes, and asks")
      .example("goflow workflow restore nightly@3 --yes", "for scripts")
      .exit_code(5, "that version is not valid")
      .exit_code(6, "the workflow was changed meanwhile");
  command.positional("WORKFLOW@N", options.version, "a version: nightly@3")
      .completes(CompletesWith::workflow_version);
  command.flag("-y, --yes", options.yes, "do not ask");
  command.flag("--dry-run", options.dry_run, "only say what would change");
  command.json(options.output, fields);
}

Result<core::WorkflowVersion> find_wanted(const std::string& written, Context& context) {
  GOFLOW_TRY(const VersionName name, parse_version_name(written));
  if (name.number) return find_version(name.id, *name.number, context);
  return Error{ErrorCode::invalid_argument, "which version of '" + name.id + "'?"}.with_hint(
      "see which there are: goflow workflow history " + name.id);
}

Result<bool> confirmed(const Replacement& replacement,
                       const RestoreOptions& options,
                       Context& context) {
  if (replacement.change != Change::replaced) return true;
  if (!options.yes) show_changes(replacement, context);
  return confirm(
      context.terminal(), "restore '" + options.version + "'?", context.consent(options.yes));
}

void say(const Replacement& replacement,
         int number,
         const RestoreOptions& options,
         Context& context) {
  if (!options.output.is_text()) {
    write_records(context.out(),
                  options.output,
                  core::Object{{"id", replacement.id},
                               {"restored", number},
                               {"change", to_string(replacement.change)},
                               {"diff", diff_record(replacement)}});
  } else if (replacement.change == Change::unchanged) {
    context.tell("'" + replacement.id + "' is the same already, nothing changed");
  } else {
    context.tell((options.dry_run ? "would restore '" : "restored '") + options.version + "'");
  }
}

Result<void> run(const RestoreOptions& options, Context& context) {
  GOFLOW_TRY(core::WorkflowVersion version, find_wanted(options.version, context));
  const std::string id = options.version.substr(0, options.version.find('@'));
  const WorkflowSource source{std::move(version.text), options.version};
  GOFLOW_TRY(read_checked(source, options.output, context));
  GOFLOW_TRY(const Replacement replacement, find_replacement(id, source, context));
  if (options.dry_run) {
    if (options.output.is_text()) show_changes(replacement, context);
  } else if (replacement.change != Change::unchanged) {
    GOFLOW_TRY(const bool is_sure, confirmed(replacement, options, context));
    if (!is_sure) return Error{ErrorCode::cancelled, "nothing was restored"};
    GOFLOW_TRY(core::WorkflowStore * store, context.workflows());
    GOFLOW_TRY(store->save_over(replacement.before, id, source.text));
  }
  say(replacement, version.number, options, context);
  return {};
}

}  // namespace

std::unique_ptr<Action> workflow_restore() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
