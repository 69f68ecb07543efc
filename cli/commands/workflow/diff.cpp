// goflow workflow diff: what changed between versions of a workflow, or between it and a file.
#include "cli/arguments/workflow_argument.hpp"
#include "cli/arguments/workflow_version.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/io/diff_text.hpp"
#include "cli/io/records.hpp"
#include "core/base/line_diff.hpp"

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;

constexpr Field fields[] = {
    {"before", "what is compared: nightly@3, a file"},
    {"after", "with what"},
    {"same", "true when the texts do not differ"},
    {"added", "how many lines only the second has"},
    {"removed", "how many lines only the first has"},
    {"diff", "the changes in unified form; empty when there are none"},
};

struct DiffOptions {
  std::string before;
  std::string after;
  bool exit_status = false;
  OutputChoice output;
};

void declare(Command& command, DiffOptions& options) {
  command.summary("compare versions of a workflow")
      .describe(
          "One name compares the version before the current one with it, a name with a version "
          "that version with the current one. Two words compare what they stand for, each a saved "
          "workflow, a version of it or a file.")
      .example("goflow workflow diff nightly", "what the last save changed")
      .example("goflow workflow diff nightly@3", "what changed since version 3")
      .example("goflow workflow diff nightly@3 nightly@5", "between two versions")
      .example("goflow workflow diff nightly nightly.yaml", "what saving the file would change")
      .exit_code(0, "compared, whether they differ or not")
      .exit_code(6, "with --exit-status: they differ");
  command.positional("WORKFLOW", options.before, "a saved workflow, as nightly or nightly@3")
      .completes(CompletesWith::workflow_version);
  command
      .positional("[OTHER]", options.after, "another one, another version, a file, or - for stdin")
      .completes(CompletesWith::workflow_version);
  command.flag("--exit-status", options.exit_status, "exit 6 when they differ");
  command.json(options.output, fields);
}

struct Sides {
  WorkflowSource before;
  WorkflowSource after;
};

WorkflowSource source_of(const std::string& id, core::WorkflowVersion version) {
  return {std::move(version.text), id + "@" + std::to_string(version.number)};
}

/// The version before the current one, and that; after a deletion the last two there were.
Result<Sides> last_change(const std::string& id, Context& context) {
  GOFLOW_TRY(core::WorkflowStore * store, context.workflows());
  GOFLOW_TRY(auto versions, store->versions(id));
  if (versions.empty()) return no_such_workflow(id, context);
  if (versions.size() > 1) {
    return Sides{source_of(id, std::move(versions[1])), source_of(id, std::move(versions[0]))};
  }
  return Error{ErrorCode::not_found, "of workflow '" + id + "' no earlier version is kept"}
      .with_hint("compare it with a file: goflow workflow diff " + id + " FILE");
}

Result<Sides> find_sides(const DiffOptions& options, Context& context) {
  const bool is_file = options.before == "-" || names_a_file(options.before);
  if (options.after.empty() && is_file) {
    return Error{ErrorCode::invalid_argument, "compare '" + options.before + "' with what?"}
        .with_hint("goflow workflow diff NAME " + options.before);
  }
  if (options.after.empty()) {
    GOFLOW_TRY(const VersionName name, parse_version_name(options.before));
    if (!name.number) return last_change(name.id, context);
    GOFLOW_TRY(WorkflowSource before, find_workflow(options.before, context));
    GOFLOW_TRY(WorkflowSource after, find_workflow(name.id, context));
    return Sides{std::move(before), std::move(after)};
  }
  GOFLOW_TRY(WorkflowSource before, find_workflow(options.before, context));
  GOFLOW_TRY(WorkflowSource after, find_workflow(options.after, context));
  return Sides{std::move(before), std::move(after)};
}

core::Object record_of(const Sides& sides, const std::string& diff) {
  const auto counts = core::count_changed_lines(sides.before.text, sides.after.text);
  return {{"before", sides.before.label},
          {"after", sides.after.label},
          {"same", diff.empty()},
          {"added", static_cast<std::int64_t>(counts.added)},
          {"removed", static_cast<std::int64_t>(counts.removed)},
          {"diff", diff}};
}

Result<void> run(const DiffOptions& options, Context& context) {
  GOFLOW_TRY(const Sides sides, find_sides(options, context));
  const std::string diff = core::unified_diff(
      sides.before.label, sides.before.text, sides.after.label, sides.after.text);
  if (!options.output.is_text()) {
    write_records(context.out(), options.output, record_of(sides, diff));
  } else if (diff.empty()) {
    context.tell(sides.before.label + " and " + sides.after.label + " are the same");
  } else {
    context.show(painted_diff(diff, context.out().style()));
  }
  // The diff said it all.
  if (options.exit_status && !diff.empty()) return Error{ErrorCode::failed_precondition, ""};
  return {};
}

}  // namespace

std::unique_ptr<Action> workflow_diff() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
