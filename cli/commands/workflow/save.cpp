// goflow workflow save: keep a workflow under its name.
#include "cli/arguments/workflow_argument.hpp"
#include "cli/commands/commands.hpp"
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
          "whole "
          "or not at all.")
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

enum class Change { created, replaced, unchanged };

std::string_view to_string(Change change) {
  switch (change) {
    case Change::created:
      return "created";
    case Change::replaced:
      return "replaced";
    case Change::unchanged:
      return "unchanged";
  }
  return "unchanged";
}

Result<Change> find_change(core::WorkflowStore& store,
                           const std::string& id,
                           const std::string& text) {
  GOFLOW_TRY(const auto existing, store.find(id));
  if (!existing) return Change::created;
  return existing->text == text ? Change::unchanged : Change::replaced;
}

Result<void> confirm_replacement(const std::string& id,
                                 const SaveOptions& options,
                                 Context& context) {
  if (options.force || options.if_changed) return {};
  if (context.terminal().can_ask() && !context.options().no_input) {
    GOFLOW_TRY(const bool is_sure,
               confirm(context.terminal(), "replace workflow '" + id + "'?", Consent::ask));
    if (is_sure) return {};
  }
  return Error{ErrorCode::already_exists, "workflow '" + id + "' exists already and differs"}
      .with_hint("to replace it: goflow workflow save --force " + options.file);
}

void say(const std::string& id,
         Change change,
         std::size_t nodes,
         const SaveOptions& options,
         Context& context) {
  if (!options.output.is_text()) {
    write_records(context.out(),
                  options.output,
                  core::Object{{"id", id},
                               {"change", to_string(change)},
                               {"nodes", static_cast<std::int64_t>(nodes)}});
    return;
  }
  if (options.dry_run) {
    context.tell("'" + id + "' would be " + std::string(to_string(change)));
  } else if (change == Change::unchanged) {
    context.tell("'" + id + "' is saved already, nothing changed");
  } else {
    context.tell((change == Change::created ? "saved '" : "replaced '") + id +
                 "'; run it: goflow run " + id);
  }
}

Result<void> run(const SaveOptions& options, Context& context) {
  GOFLOW_TRY(const std::string text, context.read_input(options.file));
  const WorkflowSource source{text, options.file == "-" ? "<stdin>" : options.file};
  GOFLOW_TRY(const core::Workflow workflow, read_checked(source, options.output, context));
  GOFLOW_TRY(core::WorkflowStore * store, context.workflows());
  GOFLOW_TRY(const Change change, find_change(*store, workflow.id, text));
  if (change == Change::replaced && !options.dry_run) {
    GOFLOW_TRY(confirm_replacement(workflow.id, options, context));
  }
  if (change != Change::unchanged && !options.dry_run) {
    GOFLOW_TRY(store->save(workflow.id, text));
  }
  say(workflow.id, change, workflow.nodes.size(), options, context);
  return {};
}

}  // namespace

std::unique_ptr<Action> workflow_save() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
