// goflow exec update: what an execution is called and found by.
#include "cli/arguments/execution_argument.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/exec/execution_record.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"
#include "cli/io/run_outline.hpp"
#include "core/execution/pipeline/revision.hpp"

#include <utility>

namespace goflow::cli {
namespace {

using core::Execution;
using core::Result;

struct UpdateOptions {
  core::RevisionRequest change;
  OutputChoice output;
};

void declare(Command& command, UpdateOptions& options) {
  command.summary("change the name, tags, labels and annotations of an execution")
      .describe(
          "Everything else stays as it is, the slug as well: it is made of the first name and does "
          "not change with it. What is removed and is not there is no mistake.")
      .example("goflow exec update @latest --name 'Nightly EU' --tag eu", "name it and tag it")
      .example("goflow exec update nightly-eu --unlabel env", "by its slug")
      .exit_code(6, "the slug of the name is taken");
  command.positional("ID", options.change.written, execution_argument_help)
      .completes(CompletesWith::execution_id);
  command.option("--name NAME", options.change.name, "its name, of 1 to 200 characters");
  command.option("--tag TAG", options.change.tags, "add a tag");
  command.option("--untag TAG", options.change.untags, "remove a tag");
  command.option("--label K=V", options.change.labels, "set a label");
  command.option("--unlabel K", options.change.unlabels, "remove a label");
  command.option("--annotation K=V", options.change.annotations, "set a note");
  command.option("--unannotate K", options.change.unannotations, "remove a note");
  command.json(options.output, execution_fields());
}

Result<void> run(const UpdateOptions& options, Context& context) {
  core::Revision revision{options.change};
  revision.request.by = context.user_name();
  GOFLOW_TRY(revision.executions, context.executions());
  revision.clock = &context.clock();
  GOFLOW_TRY(revision, core::revision_pipeline().run(std::move(revision), context.steps()));
  const Execution& updated = revision.execution;
  if (options.output.is_text()) {
    context.tell("updated " + short_id(updated.id));
    return {};
  }
  GOFLOW_TRY(const core::Object record,
             execution_record(updated, *revision.executions, context.now()));
  write_records(context.out(), options.output, record);
  return {};
}

}  // namespace

std::unique_ptr<Action> exec_update() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
