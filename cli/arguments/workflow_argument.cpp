#include "cli/arguments/workflow_argument.hpp"

#include "cli/arguments/diagnostics.hpp"
#include "cli/arguments/stored_surroundings.hpp"
#include "core/base/suggest.hpp"

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
  GOFLOW_TRY(const auto names, store->ids());
  std::string hint = core::did_you_mean(name, names);
  if (hint.empty()) {
    hint = names.empty() ? "save one: goflow workflow save FILE"
                         : "see what is saved: goflow workflow list";
  }
  return Error{ErrorCode::not_found, "no workflow named '" + name + "'"}.with_hint(hint);
}

Result<WorkflowSource> find_workflow(const std::string& written, Context& context) {
  if (written != "-" && !names_a_file(written)) return find_saved_workflow(written, context);
  GOFLOW_TRY(std::string text, context.read_input(written));
  return WorkflowSource{std::move(text), written == "-" ? "<stdin>" : written};
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
