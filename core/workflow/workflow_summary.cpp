#include "core/workflow/workflow_summary.hpp"

#include "core/workflow/reader.hpp"

#include <algorithm>

namespace goflow::core {
namespace {

std::string problem_in(const std::vector<Diagnostic>& diagnostics) {
  const auto error =
      std::find_if(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& diagnostic) {
        return diagnostic.severity == Severity::error;
      });
  if (error == diagnostics.end()) return "not a workflow";
  return std::to_string(error->at.line) + ":" + std::to_string(error->at.column) + ": " +
         error->message;
}

}  // namespace

void summarize(std::string_view text, WorkflowSummary& summary) {
  OutlineReading reading = read_outline(text);
  if (!reading.outline) {
    summary.problem = problem_in(reading.diagnostics);
    return;
  }
  summary.name = std::move(reading.outline->name);
  summary.description = std::move(reading.outline->description);
  summary.nodes = reading.outline->nodes;
  summary.cron = std::move(reading.outline->cron);
  summary.time_zone = std::move(reading.outline->time_zone);
}

}  // namespace goflow::core
