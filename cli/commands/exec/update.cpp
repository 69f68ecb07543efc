// goflow exec update: what an execution is called and found by.
#include "cli/arguments/execution_argument.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/exec/execution_record.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"
#include "cli/io/run_outline.hpp"
#include "core/execution/naming.hpp"

#include <algorithm>

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Execution;
using core::Result;

struct UpdateOptions {
  std::string execution;
  std::optional<std::string> name;
  std::vector<std::string> tags;
  std::vector<std::string> untags;
  std::vector<std::string> labels;
  std::vector<std::string> unlabels;
  std::vector<std::string> annotations;
  std::vector<std::string> unannotations;
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
  command.positional("ID", options.execution, execution_argument_help)
      .completes(CompletesWith::execution_id);
  command.option("--name NAME", options.name, "its name, of 1 to 200 characters");
  command.option("--tag TAG", options.tags, "add a tag");
  command.option("--untag TAG", options.untags, "remove a tag");
  command.option("--label K=V", options.labels, "set a label");
  command.option("--unlabel K", options.unlabels, "remove a label");
  command.option("--annotation K=V", options.annotations, "set a note");
  command.option("--unannotate K", options.unannotations, "remove a note");
  command.json(options.output, execution_fields());
}

Result<void> check(const UpdateOptions& options) {
  const bool has_change = options.name || !options.tags.empty() || !options.untags.empty() ||
                          !options.labels.empty() || !options.unlabels.empty() ||
                          !options.annotations.empty() || !options.unannotations.empty();
  if (has_change) return {};
  return Error{ErrorCode::invalid_argument, "nothing to change"}.with_hint(
      "one of --name, --tag, --untag, --label, --unlabel, --annotation, --unannotate");
}

Result<void> rename(Execution& execution, const std::string& name) {
  GOFLOW_TRY(std::string slug, core::slug_of(name));
  execution.name = name;
  if (execution.slug.empty()) execution.slug = std::move(slug);
  return {};
}

Result<void> change_tags(Execution& execution, const UpdateOptions& options) {
  std::vector<std::string> tags = execution.tags;
  tags.insert(tags.end(), options.tags.begin(), options.tags.end());
  std::erase_if(tags, [&](const std::string& tag) {
    return std::find(options.untags.begin(), options.untags.end(), tag) != options.untags.end();
  });
  GOFLOW_TRY(execution.tags, core::checked_tags(std::move(tags)));
  return {};
}

Result<void> change(Execution& execution, const UpdateOptions& options, Context& context) {
  if (options.name) GOFLOW_TRY(rename(execution, *options.name));
  GOFLOW_TRY(change_tags(execution, options));
  GOFLOW_TRY(core::change_labels(execution.labels, options.labels, options.unlabels));
  GOFLOW_TRY(core::change_labels(
      execution.annotations, options.annotations, options.unannotations, "annotation"));
  const core::Timestamp now = context.now();
  if (!execution.audit) execution.audit = core::new_audit("system", execution.created_at);
  core::AuditTrail& spec = execution.audit->spec;
  spec.updated_by = context.user_name();
  spec.updated_at = now;
  spec.event = "updated";
  return {};
}

Result<void> run(const UpdateOptions& options, Context& context) {
  GOFLOW_TRY(check(options));
  GOFLOW_TRY(core::ExecutionStore * store, context.executions());
  GOFLOW_TRY(const Execution found, find_execution(options.execution, *store));
  GOFLOW_TRY(const Execution updated, store->update(found.id, [&](Execution& execution) {
    return change(execution, options, context);
  }));
  if (options.output.is_text()) {
    context.tell("updated " + short_id(updated.id));
    return {};
  }
  GOFLOW_TRY(const core::Object record, execution_record(updated, *store, context.now()));
  write_records(context.out(), options.output, record);
  return {};
}

}  // namespace

std::unique_ptr<Action> exec_update() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
