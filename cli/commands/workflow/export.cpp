// goflow workflow export: one file to give away, without what is secret.
#include "core/workflow/sharing/export.hpp"

#include "cli/arguments/workflow_argument.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "storage/files/atomic_file.hpp"

#include <fmt/format.h>

namespace goflow::cli {
namespace {

using core::Result;

// Meant for others, as the file of a saved workflow is.
constexpr mode_t file_mode = 0644;

struct ExportOptions {
  std::string workflow;
  std::string output = "-";
};

void declare(Command& command, ExportOptions& options) {
  command.summary("write a workflow as one file to give away")
      .describe(
          "The text stays as it is, but for entries of env and headers whose names tell of a "
          "secret, "
          "literal texts in auth and the values of credential_ref. A block of comments in front "
          "says what has to be set up. What was removed, and other texts that look like tokens, is "
          "listed on stderr.")
      .example("goflow workflow export nightly -o shared.yaml", "a file for somebody else")
      .example("goflow workflow export nightly@3", "an earlier version, to stdout")
      .exit_code(5, "it is not YAML");
  command
      .positional(
          "WORKFLOW", options.workflow, "a saved workflow, a version of it as NAME@3, or a file")
      .completes(CompletesWith::workflow_version);
  command.option("-o, --output FILE", options.output, "where to write, - is stdout")
      .completes(CompletesWith::file);
}

void list_notes(const std::vector<core::ExportNote>& notes,
                std::string_view what,
                const std::string& file,
                Context& context) {
  for (const core::ExportNote& note : notes) {
    context.err().line(
        fmt::format("{}:{}:{}: {}: {}", file, note.at.line, note.at.column, what, note.what));
  }
}

Result<void> run(const ExportOptions& options, Context& context) {
  GOFLOW_TRY(const WorkflowSource source, find_workflow(options.workflow, context));
  GOFLOW_TRY(const core::ExportedWorkflow exported,
             core::export_workflow(source.text, source.label));
  if (options.output == "-") {
    context.out().write(exported.text);
  } else {
    GOFLOW_TRY(storage::write_file_atomic(options.output, exported.text, file_mode));
    context.tell("exported to '" + options.output + "'");
  }
  list_notes(exported.removed, "removed", source.label, context);
  list_notes(exported.references, "to be filled in", source.label, context);
  list_notes(exported.suspicious, "looks like a token, not changed", source.label, context);
  return {};
}

}  // namespace

std::unique_ptr<Action> workflow_export() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
