#include "cli/commands/exec/resume_decisions.hpp"

#include "cli/io/run_outline.hpp"
#include "core/workflow/reader.hpp"

namespace goflow::cli {

using core::Error;
using core::ErrorCode;
using core::Execution;
using core::Result;

Error undecided(const core::NodeExecution& node, const Execution& execution) {
  return Error{ErrorCode::failed_precondition,
               "node '" + node.path + "' was cut off and must not be run again unasked"}
      .with_hint("decide: goflow exec resume " + short_id(execution.id) +
                 " --on-interrupted rerun|skip|fail");
}

Result<void> decide_on_all(const core::Workflow& workflow,
                           const Execution& execution,
                           const DecideOnNode& decide,
                           core::ExecutionStore& store,
                           ResumeDecisions& decisions) {
  GOFLOW_TRY(const auto nodes, store.nodes(execution.id));
  for (const core::NodeExecution& node : engine::nodes_to_decide_on(workflow, nodes)) {
    GOFLOW_TRY(decisions[execution.id][node.path], decide(node, execution));
  }
  GOFLOW_TRY(const auto children, store.children(execution.id));
  for (const Execution& child : children) {
    if (is_terminal(child.status)) continue;
    GOFLOW_TRY(const std::string text, store.definition(child.definition_sha256));
    const auto reading = core::read_workflow(text);
    if (!reading.workflow) continue;  // its node will tell
    GOFLOW_TRY(decide_on_all(*reading.workflow, child, decide, store, decisions));
  }
  return {};
}

}  // namespace goflow::cli
