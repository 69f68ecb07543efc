// The workflow of an execution as it was when it was created, ready to be run.
#pragma once

#include "cli/arguments/workflow_argument.hpp"
#include "cli/command/output_choice.hpp"
#include "cli/context.hpp"
#include "core/base/result.hpp"
#include "core/execution/execution.hpp"
#include "core/workflow/workflow.hpp"

namespace goflow::cli {

struct RecordedWorkflow {
  WorkflowSource source;
  core::Workflow workflow;
};

/// failed_precondition: somebody else runs it, or its text was never recorded.
core::Result<RecordedWorkflow> recorded_workflow(const core::Execution& execution,
                                                 const OutputChoice& output,
                                                 Context& context);

}  // namespace goflow::cli
