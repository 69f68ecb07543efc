#include "core/execution/pipeline/removal.hpp"

#include "core/execution/finding.hpp"

#include <algorithm>
#include <utility>

namespace goflow::core {
namespace {

Error it_goes_on(const Execution& execution) {
  return Error{ErrorCode::failed_precondition,
               "execution '" + execution.id + "' is " + std::string(to_string(execution.status))}
      .with_hint("end it first: goflow exec cancel " + execution.id + ", or use --force");
}

}  // namespace

namespace removal {

Result<Removal> validate_input(Removal removal) {
  for (const std::string& written : removal.request.written) {
    GOFLOW_TRY(check_names_execution(written));
  }
  return removal;
}

Result<Removal> load_existing_for_delete(Removal removal) {
  for (const std::string& written : removal.request.written) {
    GOFLOW_TRY(Execution execution, find_execution(written, *removal.executions));
    const bool is_known =
        std::any_of(removal.found.begin(), removal.found.end(), [&](const Execution& other) {
          return other.id == execution.id;
        });
    if (!is_known) removal.found.push_back(std::move(execution));
  }
  return removal;
}

Result<Removal> check_ended(Removal removal) {
  if (removal.request.force) return removal;
  for (const Execution& execution : removal.found) {
    if (removal.goes_on(execution)) return it_goes_on(execution);
  }
  return removal;
}

Result<Removal> delete_resource(Removal removal) {
  std::vector<std::string> ids;
  for (const Execution& execution : removal.found) {
    ids.push_back(execution.id);
  }
  const auto may_remove = [&removal](const Execution& execution) -> Result<void> {
    if (removal.goes_on(execution)) return it_goes_on(execution);
    return {};
  };
  GOFLOW_TRY(removal.executions->remove(ids, may_remove));
  return removal;
}

}  // namespace removal

Pipeline<Removal> removal_pipeline() {
  using namespace removal;
  return Pipeline<Removal>({{"ValidateInput", validate_input},
                            {"LoadExistingForDelete", load_existing_for_delete},
                            {"CheckEnded", check_ended},
                            {"DeleteResource", delete_resource}});
}

}  // namespace goflow::core
