// goflow doctor: whether what is saved could be run.
#include "cli/commands/doctor/check.hpp"

namespace goflow::cli {

Finding check_workflows(Context& context) {
  const auto store = context.workflows();
  if (!store) return fault_of(store.error());
  const auto workflows = (*store)->list();
  if (!workflows) return fault_of(workflows.error());
  const core::WorkflowSummary* first_invalid = nullptr;
  std::size_t invalid = 0;
  for (const core::WorkflowSummary& workflow : *workflows) {
    if (workflow.problem.empty()) continue;
    if (first_invalid == nullptr) first_invalid = &workflow;
    ++invalid;
  }
  const std::string saved = std::to_string(workflows->size()) + " saved";
  if (first_invalid == nullptr)
    return {Health::ok, saved + (workflows->empty() ? "" : ", all valid")};
  return {Health::warning,
          saved + ", " + std::to_string(invalid) + " not valid: " + first_invalid->id + ", " +
              first_invalid->problem,
          "see all of it: goflow workflow validate " + first_invalid->id};
}

}  // namespace goflow::cli
