// goflow workflow show: a saved workflow in full.
#include "cli/arguments/workflow_argument.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/workflow/workflow_record.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"
#include "core/workflow/reader.hpp"

namespace goflow::cli {
namespace {

using core::Result;

struct ShowOptions {
  std::string workflow;
  OutputChoice output;
};

void declare(Command& command, ShowOptions& options) {
  command.summary("print a workflow as its author wrote it")
      .example("goflow workflow show nightly", "the file, comments included")
      .example("goflow workflow show nightly@3", "as its third version was")
      .example("goflow workflow show nightly --json=nodes", "its nodes, for a program");
  command
      .positional(
          "WORKFLOW", options.workflow, "a saved workflow, a version of it as NAME@3, or a file")
      .completes(CompletesWith::workflow_version);
  command.json(options.output, workflow_fields());
  command.output_format(options.output);
}

Result<void> run(const ShowOptions& options, Context& context) {
  GOFLOW_TRY(const WorkflowSource source, find_workflow(options.workflow, context));
  if (options.output.is_text()) {
    context.show(source.text);
    return {};
  }
  GOFLOW_TRY(const core::Workflow workflow, read_checked(source, options.output, context));
  write_records(context.out(), options.output, workflow_record(workflow));
  return {};
}

}  // namespace

std::unique_ptr<Action> workflow_show() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
