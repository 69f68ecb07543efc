#include "cli/commands/exec/recorded_workflow.hpp"

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;

std::string instead_of_running(const core::Execution& execution) {
  if (is_terminal(execution.status)) {
    return "hand over another: goflow exec create " + execution.workflow_id + " --runner external";
  }
  return "report with: goflow exec update-status " + execution.id + " --file -";
}

}  // namespace

core::Result<RecordedWorkflow> recorded_workflow(const core::Execution& execution,
                                                 const OutputChoice& output,
                                                 Context& context) {
  if (execution.runner == core::Runner::external) {
    return Error{ErrorCode::failed_precondition,
                 "execution '" + execution.id + "' is run by somebody else, who reports about it"}
        .with_hint(instead_of_running(execution));
  }
  if (execution.definition_sha256.empty()) {
    return Error{ErrorCode::failed_precondition,
                 "execution '" + execution.id +
                     "' comes from the original GoFlow, which did not "
                     "record the text of its workflow"}
        .with_hint("run it anew: goflow run " + execution.workflow_id);
  }
  GOFLOW_TRY(core::ExecutionStore * store, context.executions());
  GOFLOW_TRY(std::string definition, store->definition(execution.definition_sha256));
  WorkflowSource source{std::move(definition), execution.workflow_id + ".yaml"};
  GOFLOW_TRY(core::Workflow workflow, read_recorded(source, output, context));
  return RecordedWorkflow{std::move(source), std::move(workflow)};
}

}  // namespace goflow::cli
