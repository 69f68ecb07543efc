// What is said at the end of a run that did not complete.
#pragma once

#include "cli/arguments/workflow_argument.hpp"
#include "cli/command/output_choice.hpp"
#include "cli/context.hpp"
#include "core/base/result.hpp"
#include "engine/interpreter/workflow_run.hpp"

#include <string>

namespace goflow::cli {

/// The Error of a shell: execution_failed, timed_out or cancelled. A fault that stands in the file
/// is shown there, and then the Error has no message, for that said it all.
core::Result<void> verdict_of(const engine::RunResult& result,
                              const std::string& execution_id,
                              const std::string& workflow_id,
                              const WorkflowSource& source,
                              const OutputChoice& output,
                              Context& context);

}  // namespace goflow::cli
