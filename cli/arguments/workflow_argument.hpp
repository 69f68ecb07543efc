// Which workflow is meant: a file, stdin, or a saved one by its name.
#pragma once

#include "cli/command/output_choice.hpp"
#include "cli/context.hpp"
#include "core/base/result.hpp"
#include "core/workflow/reader.hpp"
#include "core/workflow/workflow.hpp"

#include <optional>
#include <string>

namespace goflow::cli {

/// The text of a workflow, and what messages call the place it came from.
struct WorkflowSource {
  std::string text;
  std::string label;                                   // "nightly.yaml", "<stdin>"
  std::optional<std::string> saved_as = std::nullopt;  // its id, of a saved one
};

/// With a '/' or ending in .yaml, .yml or .json it is a path.
bool names_a_file(const std::string& written);

/// not_found, with the nearest names, when nothing is saved under this one.
core::Result<WorkflowSource> find_saved_workflow(const std::string& name, Context& context);

/// A path, "-" for stdin, or else a saved name, perhaps with a version: "nightly@3".
core::Result<WorkflowSource> find_workflow(const std::string& written, Context& context);

/// Checks it, with all that it names outside of itself.
core::WorkflowReading read_with_surroundings(const WorkflowSource& source, Context& context);

/// Diagnostics go to stderr; the Error (invalid_workflow) has no message, for they said it all.
core::Result<core::Workflow> read_checked(const WorkflowSource& source,
                                          const OutputChoice& output,
                                          Context& context);

/// The same for the text of a run, whatever has become of what it names outside of itself.
core::Result<core::Workflow> read_recorded(const WorkflowSource& source,
                                           const OutputChoice& output,
                                           Context& context);

}  // namespace goflow::cli
