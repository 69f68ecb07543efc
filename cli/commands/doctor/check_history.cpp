// goflow doctor: the database of the executions.
#include "cli/commands/doctor/check.hpp"
#include "storage/sqlite/history_health.hpp"

namespace goflow::cli {

Finding check_history(Context& context) {
  const auto home = context.home();
  if (!home) return fault_of(home.error());
  const std::string path = *home + "/goflow.db";
  const auto health = storage::check_history(path);
  if (!health && health.error().code == core::ErrorCode::not_found) {
    return {Health::ok, "none yet, nothing was run"};
  }
  if (!health) return fault_of(health.error());
  if (health->faults.empty()) {
    return {Health::ok,
            "schema " + std::to_string(health->schema) + ", " + std::to_string(health->executions) +
                (health->executions == 1 ? " execution" : " executions") + ", integrity ok"};
  }
  return {Health::fault,
          "damaged: " + health->faults.front(),
          "save what can be saved: sqlite3 '" + path + "' .recover | sqlite3 rescued.db"};
}

}  // namespace goflow::cli
