#include "core/execution/scheduled_execution.hpp"

#include "core/base/ulid.hpp"
#include "core/execution/child_execution_id.hpp"

namespace goflow::core {

std::string scheduled_execution_id(const std::string& workflow_id, Timestamp scheduled_for) {
  // As if it were the work of that moment.
  const std::string moment = "wex-" + ulid_time(scheduled_for) + std::string(16, '0');
  return child_execution_id(moment, "schedule of " + workflow_id, 1);
}

}  // namespace goflow::core
