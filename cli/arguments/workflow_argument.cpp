#include "cli/arguments/workflow_argument.hpp"

#include "cli/arguments/diagnostics.hpp"
#include "cli/arguments/stored_surroundings.hpp"
#include "cli/arguments/workflow_version.hpp"

namespace goflow::cli {
using core::Error;
using core::ErrorCode;
using core::Result;

namespace {

Result<core::Workflow> sound(core::WorkflowReading reading,
                             const WorkflowSource& source,
                             const OutputChoice& output,
                             Context& context) {
  report(reading.diagnostics, source.label, source.text, output, context);
  if (!reading.workflow) return Error{ErrorCode::invalid_workflow, ""};
  return *std::move(reading.workflow);
}

}  // namespace

bool names_a_file(const std::string& written) {
  return written.find('/') != std::string::npos || written.ends_with(".yaml") ||
         written.ends_with(".yml") || written.ends_with(".json");
}

Result<WorkflowSource> find_saved_workflow(const std::string& name, Context& context) {
  GOFLOW_TRY(core::WorkflowStore * store, context.workflows());
  GOFLOW_TRY(auto stored, store->find(name));
  if (stored) return WorkflowSource{std::move(stored->text), name + ".yaml", name};
  return no_such_workflow(name, context);
}

Result<WorkflowSource> find_workflow(const std::string& written, Context& context) {
  if (written == "-" || names_a_file(written)) {
    GOFLOW_TRY(std::string text, context.read_input(written));
    return WorkflowSource{std::move(text), written == "-" ? "<stdin>" : written};
  }
  GOFLOW_TRY(const VersionName name, parse_version_name(written));
  if (!name.number) return find_saved_workflow(name.id, context);
  GOFLOW_TRY(core::WorkflowVersion version, find_version(name.id, *name.number, context));
  return WorkflowSource{std::move(version.text), written};
}

core::WorkflowReading read_with_surroundings(const WorkflowSource& source, Context& context) {
  return core::read_workflow(source.text, StoredSurroundings(context), source.saved_as);
}

Result<core::Workflow> read_checked(const WorkflowSource& source,
                                    const OutputChoice& output,
                                    Context& context) {
  return sound(read_with_surroundings(source, context), source, output, context);
}

Result<core::Workflow> read_recorded(const WorkflowSource& source,
                                     const OutputChoice& output,
                                     Context& context) {
  return sound(core::read_workflow(source.text), source, output, context);
}

}  // namespace goflow::cli
