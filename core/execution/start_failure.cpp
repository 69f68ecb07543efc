#include "core/execution/start_failure.hpp"

#include <utility>

namespace goflow::core {

Failure start_failure(const Error& reason) {
  return Failure{"start", "Failed to start: " + reason.message};
}

Error record_start_failure(const std::string& execution_id,
                           Error reason,
                           ExecutionStore& store,
                           Timestamp now) {
  if (reason.code == ErrorCode::failed_precondition) return reason;
  const Failure failure = start_failure(reason);
  const auto recorded = store.update(execution_id, [&](Execution& execution) -> Result<void> {
    // Somebody else may have come to an end with it meanwhile.
    if (execution.status != ExecutionStatus::pending) return {};
    execution.status = ExecutionStatus::failed;
    execution.completed_at = now;
    execution.error = failure;
    if (execution.audit) execution.audit->status.updated_at = now;
    return {};
  });
  // Nobody can do more than say so: it can still be started later.
  if (!recorded) return reason;
  return Error{ErrorCode::internal, failure.message}.with_hint(reason.hint);
}

}  // namespace goflow::core
