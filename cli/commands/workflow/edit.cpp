// goflow workflow edit: change a saved workflow in an editor.
#include "cli/arguments/workflow_argument.hpp"
#include "cli/command/error_text.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/workflow/replacement.hpp"
#include "cli/context.hpp"
#include "cli/io/editor.hpp"
#include "cli/io/prompt.hpp"
#include "cli/io/records.hpp"
#include "core/workflow/reader.hpp"
#include "storage/files/file_reading.hpp"

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;

constexpr Field fields[] = {
    {"id", "name of the workflow"},
    {"change", "replaced or unchanged"},
    {"diff", "what changed, in unified form; empty when nothing did"},
};

struct EditOptions {
  std::string workflow;
  OutputChoice output;
};

void declare(Command& command, EditOptions& options) {
  command.summary("change a saved workflow in your editor")
      .describe(
          "Opens a copy in $VISUAL, $EDITOR or the editor of the configuration, and saves it once "
          "it is valid. What was there becomes a version of the past. A text that was given up is "
          "kept in a file, whose name is told.")
      .example("goflow workflow edit nightly", "edit, check, save")
      .example("EDITOR='code --wait' goflow workflow edit nightly", "an editor with a window")
      .exit_code(5, "given up while the text was not valid")
      .exit_code(6, "the workflow was changed meanwhile");
  command.positional("WORKFLOW", options.workflow, "name of a saved workflow")
      .completes(CompletesWith::workflow_id);
  command.json(options.output, fields);
}

Result<void> check_terminal(const std::string& id, Context& context) {
  if (context.terminal().can_ask() && !context.options().no_input) return {};
  return Error{ErrorCode::invalid_argument, "there is no terminal to edit '" + id + "' at"}
      .with_hint("goflow workflow show " + id + " > FILE, change it, goflow workflow save FILE");
}

/// An author's own file may have another name than its title gives; it keeps its place, but a new
/// title is another workflow.
Result<void> check_id(const std::string& id, const std::string& before, const std::string& after) {
  if (after == id || after == before) return {};
  return Error{ErrorCode::invalid_workflow,
               "with this name it would be workflow '" + after + "', not '" + id + "'"}
      .with_hint("give it its name back; to have both: goflow workflow save FILE");
}

/// The id of what is saved now; empty when that is not valid.
std::string id_in(const std::string& text) {
  const core::WorkflowReading reading = core::read_workflow(text);
  return reading.workflow ? reading.workflow->id : "";
}

Result<void> check_text(const std::string& id,
                        const std::string& before,
                        const WorkflowSource& source,
                        const EditOptions& options,
                        Context& context) {
  GOFLOW_TRY(const core::Workflow workflow, read_checked(source, options.output, context));
  return check_id(id, id_in(before), workflow.id);
}

/// Faults of the text were told as they were found.
void report(const Error& error, const EditOptions& options, Context& context) {
  if (error.message.empty()) return;
  context.err().write(options.output.is_text() ? error_text(error) : error_json(error));
}

/// Until the text is as it was, is valid, or its author has had enough.
Result<WorkflowSource> edit(const std::string& id,
                            const std::string& before,
                            const EditedFile& file,
                            const EditOptions& options,
                            Context& context) {
  GOFLOW_TRY(const core::ResolvedSetting editor, context.setting(core::settings::editor));
  for (;;) {
    context.out().flush();
    GOFLOW_TRY(run_editor(editor.value, file.path()));
    GOFLOW_TRY(std::string text, storage::read_file(file.path()));
    WorkflowSource source{std::move(text), id + ".yaml"};
    if (source.text == before) return source;
    const auto checked = check_text(id, before, source, options, context);
    if (checked) return source;
    report(checked.error(), options, context);
    const auto wish = choose(context.terminal(), "it is not saved.", {"edit", "give-up"});
    if (wish != "edit") return Error{ErrorCode::invalid_workflow, "'" + id + "' is as it was"};
  }
}

Result<Replacement> edit_and_save(const std::string& id,
                                  const std::string& before,
                                  const EditedFile& file,
                                  const EditOptions& options,
                                  Context& context) {
  GOFLOW_TRY(const WorkflowSource source, edit(id, before, file, options, context));
  Replacement replacement = make_replacement(id, before, source);
  if (replacement.change == Change::unchanged) return replacement;
  GOFLOW_TRY(core::WorkflowStore * store, context.workflows());
  GOFLOW_TRY(store->save_over(before, id, source.text));
  return replacement;
}

/// Nobody's work is thrown away: where nothing was saved, the text stays.
Error with_kept_text(Error error, const std::string& before, EditedFile& file) {
  const auto text = storage::read_file(file.path());
  if (!text || *text == before) return error;
  file.keep();
  return std::move(error).with_hint("your text is kept: goflow workflow save " + file.path());
}

void say(const Replacement& replacement, const EditOptions& options, Context& context) {
  if (!options.output.is_text()) {
    write_records(context.out(),
                  options.output,
                  core::Object{{"id", replacement.id},
                               {"change", to_string(replacement.change)},
                               {"diff", replacement.diff}});
  } else if (replacement.change == Change::unchanged) {
    context.tell("nothing changed");
  } else {
    context.tell("saved '" + replacement.id + "'; see the change: goflow workflow diff " +
                 replacement.id);
  }
}

Result<void> run(const EditOptions& options, Context& context) {
  const std::string& id = options.workflow;
  GOFLOW_TRY(const WorkflowSource saved, find_saved_workflow(id, context));
  GOFLOW_TRY(check_terminal(id, context));
  const std::string place = filled(context.environment(), "TMPDIR").value_or("/tmp");
  GOFLOW_TRY(EditedFile file, EditedFile::make(place, id + ".yaml", saved.text));
  auto replacement = edit_and_save(id, saved.text, file, options, context);
  if (!replacement) return with_kept_text(replacement.error(), saved.text, file);
  say(*replacement, options, context);
  return {};
}

}  // namespace

std::unique_ptr<Action> workflow_edit() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
