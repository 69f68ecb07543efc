// goflow workflow import: keep a workflow that comes from elsewhere.
#include "core/workflow/sharing/import.hpp"

#include "cli/arguments/workflow_argument.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/workflow/replacement.hpp"
#include "cli/context.hpp"
#include "cli/io/prompt.hpp"
#include "cli/io/records.hpp"

#include <fmt/format.h>

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
    {"to_fill_in", "entries that have to be filled in before it can be run"},
};

struct ImportOptions {
  std::string file;
  std::string name;
  bool yes = false;
  bool dry_run = false;
  OutputChoice output;
};

void declare(Command& command, ImportOptions& options) {
  command.summary("save a workflow that comes from elsewhere")
      .describe(
          "The file has to be valid, to say the version it was made for, and to use only servers "
          "that are registered here. It is saved byte for byte; with another name only the value "
          "of 'name' is changed. What is left to be filled in is listed.")
      .example("goflow workflow import shared.yaml", "save it under its own name")
      .example("goflow workflow import shared.yaml --name mine", "under another one")
      .exit_code(5, "the file is not valid, or does not say its version")
      .exit_code(6, "servers are missing, or the workflow was changed meanwhile");
  command.positional("FILE", options.file, "a workflow file, or - for stdin")
      .completes(CompletesWith::file);
  command.option("--name NAME", options.name, "another name for it").also("-n", "import");
  command.flag("-y, --yes", options.yes, "replace a workflow of this name without asking");
  command.flag("--dry-run", options.dry_run, "check only");
  command.json(options.output, fields);
}

Result<WorkflowSource> read_source(const ImportOptions& options, Context& context) {
  GOFLOW_TRY(std::string text, context.read_input(options.file));
  WorkflowSource source{std::move(text), options.file == "-" ? "<stdin>" : options.file};
  if (!options.name.empty()) {
    GOFLOW_TRY(source.text, core::with_name(source.text, source.label, options.name));
  }
  return source;
}

Result<core::ImportNeeds> check_needs(const WorkflowSource& source, Context& context) {
  GOFLOW_TRY(core::ImportNeeds needs, core::find_needs(source.text, source.label));
  if (!needs.has_version) {
    return Error{ErrorCode::invalid_workflow,
                 source.label + ": it does not say which version it was made for"}
        .with_hint("if it is one for this goflow, add to it: version: \"1.0\"");
  }
  GOFLOW_TRY(core::check_servers(needs, context.servers()));
  return needs;
}

/// In one warning.
void warn_of(const std::vector<core::ExportNote>& to_fill,
             const WorkflowSource& source,
             Context& context) {
  if (to_fill.empty()) return;
  std::string list;
  for (const core::ExportNote& note : to_fill) {
    list += fmt::format("{}{} (line {})", list.empty() ? "" : ", ", note.what, note.at.line);
  }
  context.err().line("warning: " + source.label + ": to be filled in: " + list);
}

Result<bool> confirmed(const Replacement& replacement,
                       const ImportOptions& options,
                       Context& context) {
  if (replacement.change != Change::replaced) return true;
  if (!options.yes && options.output.is_text()) show_changes(replacement, context);
  return confirm(context.terminal(),
                 "replace workflow '" + replacement.id + "'?",
                 context.consent(options.yes));
}

core::Array names_of_notes(const std::vector<core::ExportNote>& notes) {
  core::Array names;
  for (const core::ExportNote& note : notes) {
    names.emplace_back(note.what);
  }
  return names;
}

void say(const Replacement& replacement,
         const core::Workflow& workflow,
         const core::ImportNeeds& needs,
         const ImportOptions& options,
         Context& context) {
  if (!options.output.is_text()) {
    write_records(context.out(),
                  options.output,
                  core::Object{{"id", replacement.id},
                               {"change", to_string(replacement.change)},
                               {"nodes", std::ssize(workflow.nodes)},
                               {"diff", diff_record(replacement)},
                               {"to_fill_in", names_of_notes(needs.to_fill)}});
  } else if (options.dry_run) {
    context.tell("'" + replacement.id + "' would be " + std::string(to_string(replacement.change)));
  } else if (replacement.change == Change::unchanged) {
    context.tell("'" + replacement.id + "' is saved already, nothing changed");
  } else {
    context.tell("imported '" + replacement.id + "'; run it: goflow run " + replacement.id);
  }
}

Result<void> run(const ImportOptions& options, Context& context) {
  GOFLOW_TRY(const WorkflowSource source, read_source(options, context));
  GOFLOW_TRY(const core::Workflow workflow, read_checked(source, options.output, context));
  GOFLOW_TRY(const core::ImportNeeds needs, check_needs(source, context));
  if (options.output.is_text()) warn_of(needs.to_fill, source, context);
  GOFLOW_TRY(const Replacement replacement, find_replacement(workflow.id, source, context));
  if (!options.dry_run && replacement.change != Change::unchanged) {
    GOFLOW_TRY(const bool is_sure, confirmed(replacement, options, context));
    if (!is_sure) return Error{ErrorCode::cancelled, "nothing was imported"};
    GOFLOW_TRY(core::WorkflowStore * store, context.workflows());
    GOFLOW_TRY(store->save_over(replacement.before, workflow.id, source.text));
  }
  say(replacement, workflow, needs, options, context);
  return {};
}

}  // namespace

std::unique_ptr<Action> workflow_import() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
