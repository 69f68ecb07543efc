// goflow workflow validate: everything that is wrong with a workflow, at once.
#include "cli/arguments/diagnostics.hpp"
#include "cli/arguments/workflow_argument.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/schedule/scheduled_workflow.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"

namespace goflow::cli {
namespace {

using core::Diagnostic;
using core::Error;
using core::ErrorCode;
using core::Result;

constexpr Field fields[] = {
    {"severity", "error or warning"},
    {"rule", "number of the validation rule, such as V42"},
    {"code", "stable word for the fault"},
    {"message", "what is wrong"},
    {"hint", "what to do about it"},
    {"file", "the file, or <stdin>"},
    {"line", "from 1"},
    {"column", "from 1, in characters"},
};

struct ValidateOptions {
  std::vector<std::string> workflows;
  bool strict = false;
  OutputChoice output;
};

void declare(Command& command, ValidateOptions& options) {
  command.summary("check workflows without running them")
      .describe(
          "Reports every fault with its place, not only the first. Warnings are no faults unless "
          "--strict is given.")
      .example("goflow validate nightly.yaml", "check a file")
      .example("goflow workflow validate nightly triage", "check saved workflows")
      .exit_code(0, "all are valid")
      .exit_code(5, "at least one is not");
  command
      .positional(
          "WORKFLOW...", options.workflows, "files, names of saved workflows, or - for stdin")
      .completes(CompletesWith::workflow_version);
  command.flag("--strict", options.strict, "let warnings count as errors");
  command.json(options.output, fields);
}

struct Checked {
  WorkflowSource source;
  std::vector<Diagnostic> diagnostics;
  std::size_t nodes = 0;
  std::string next_times = {};  // of its schedule
};

Checked check(WorkflowSource source, bool strict, Context& context) {
  core::WorkflowReading reading = read_with_surroundings(source, context);
  Checked checked{std::move(source), std::move(reading.diagnostics), 0};
  if (reading.workflow) {
    checked.nodes = reading.workflow->nodes.size();
    checked.next_times = next_times(*reading.workflow, context.now());
  }
  if (strict) {
    for (Diagnostic& diagnostic : checked.diagnostics) {
      diagnostic.severity = core::Severity::error;
    }
  }
  return checked;
}

void show(const Checked& checked, Context& context) {
  report(checked.diagnostics, checked.source.label, checked.source.text, {}, context);
  if (!has_errors(checked.diagnostics)) {
    context.tell(checked.source.label + " is valid, " + std::to_string(checked.nodes) +
                 (checked.nodes == 1 ? " node" : " nodes"));
    if (!checked.next_times.empty()) context.tell(checked.next_times);
  }
}

void add_records(core::Array& records, const Checked& checked) {
  for (const Diagnostic& diagnostic : checked.diagnostics) {
    records.emplace_back(diagnostic_record(diagnostic, checked.source.label));
  }
}

Result<void> run(const ValidateOptions& options, Context& context) {
  bool valid = true;
  core::Array records;
  for (const std::string& written : options.workflows) {
    GOFLOW_TRY(WorkflowSource source, find_workflow(written, context));
    const Checked checked = check(std::move(source), options.strict, context);
    valid = valid && !has_errors(checked.diagnostics);
    if (options.output.is_text()) {
      show(checked, context);
    } else {
      add_records(records, checked);
    }
  }
  if (!options.output.is_text()) write_records(context.out(), options.output, records);
  // The diagnostics said it all.
  if (!valid) return Error{ErrorCode::invalid_workflow, ""};
  return {};
}

}  // namespace

std::unique_ptr<Action> workflow_validate() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
