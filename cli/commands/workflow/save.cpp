// goflow workflow save: keep a workflow under its name.
#include "cli/arguments/workflow_argument.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/schedule/scheduled_workflow.hpp"
#include "cli/commands/workflow/replacement.hpp"
#include "cli/context.hpp"
#include "cli/io/prompt.hpp"
#include "cli/io/records.hpp"

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;

constexpr Field fields[] = {
    {"id", "the name it is saved under"},
    {"change", "created, replaced or unchanged"},
    {"nodes", "how many nodes it has"},
    {"diff", "what changes, in unified form; null when nothing was there"},
};

struct SaveOptions {
  std::string file;
  bool force = false;
  bool if_changed = false;
  bool dry_run = false;
  OutputChoice output;
};

void declare(Command& command, SaveOptions& options) {
  command.summary("save a workflow under its name")
      .describe(
          "The file is checked, then kept byte for byte, comments included, as "
          "<home>/workflows/<id>.yaml. The id is made from the workflow's name. It is written "
          "whole or not at all. Before another text is replaced, what changes is shown; the old "
          "one stays in the history of the workflow.")
      .example("goflow workflow save nightly.yaml", "save a file")
      .example("goflow workflow save --if-changed - < nightly.yaml", "for scripts")
      .exit_code(5, "the workflow is not valid")
      .exit_code(6, "a workflow of this name exists and differs");
  command.positional("FILE", options.file, "a workflow file, or - for stdin")
      .completes(CompletesWith::file);
  command.flag("--force", options.force, "replace an existing workflow without asking");
  command.flag("--if-changed", options.if_changed, "replace it without asking when it differs");
  command.flag("--dry-run", options.dry_run, "only say what would be done");
  command.json(options.output, fields);
}

Result<void> confirm_replacement(const Replacement& replacement,
                                 const SaveOptions& options,
                                 Context& context) {
  if (options.force || options.if_changed) return {};
  if (options.output.is_text()) show_changes(replacement, context);
  if (context.terminal().can_ask() && !context.options().no_input) {
    GOFLOW_TRY(
        const bool is_sure,
        confirm(context.terminal(), "replace workflow '" + replacement.id + "'?", Consent::ask));
    if (is_sure) return {};
    return Error{ErrorCode::cancelled, "nothing was saved"};
  }
  return Error{ErrorCode::already_exists,
               "workflow '" + replacement.id + "' exists already and differs"}
      .with_hint("to replace it: goflow workflow save --force " + options.file);
}

Result<void> save(const Replacement& replacement,
                  const std::string& text,
                  const SaveOptions& options,
                  Context& context) {
  GOFLOW_TRY(core::WorkflowStore * store, context.workflows());
  // With --force and --if-changed nobody looked at what is replaced.
  if (options.force || options.if_changed) return store->save(replacement.id, text);
  return store->save_over(replacement.before, replacement.id, text);
}

void say(const Replacement& replacement,
         std::size_t nodes,
         const SaveOptions& options,
         Context& context) {
  const std::string& id = replacement.id;
  const Change change = replacement.change;
  if (!options.output.is_text()) {
    write_records(context.out(),
                  options.output,
                  core::Object{{"id", id},
                               {"change", to_string(change)},
                               {"nodes", static_cast<std::int64_t>(nodes)},
                               {"diff", diff_record(replacement)}});
  } else if (options.dry_run) {
    context.tell("'" + id + "' would be " + std::string(to_string(change)));
  } else if (change == Change::unchanged) {
    context.tell("'" + id + "' is saved already, nothing changed");
  } else {
    context.tell((change == Change::created ? "saved '" : "replaced '") + id +
                 "'; run it: goflow run " + id);
  }
}

Result<void> run(const SaveOptions& options, Context& context) {
  GOFLOW_TRY(std::string text, context.read_input(options.file));
  const WorkflowSource source{std::move(text), options.file == "-" ? "<stdin>" : options.file};
  GOFLOW_TRY(const core::Workflow workflow, read_checked(source, options.output, context));
  GOFLOW_TRY(const Replacement replacement, find_replacement(workflow.id, source, context));
  if (options.dry_run) {
    if (options.output.is_text()) show_changes(replacement, context);
  } else if (replacement.change != Change::unchanged) {
    if (replacement.change == Change::replaced) {
      GOFLOW_TRY(confirm_replacement(replacement, options, context));
    }
    GOFLOW_TRY(save(replacement, source.text, options, context));
  }
  say(replacement, workflow.nodes.size(), options, context);
  const std::string times = next_times(workflow, context.now());
  if (options.output.is_text() && !times.empty()) context.tell(times);
  return {};
}

}  // namespace

std::unique_ptr<Action> workflow_save() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
