#include "core/execution/execution.hpp"

namespace goflow::core {

Value to_value(const Failure& failure) {
  return Object{{"type", failure.type},
                {"message", failure.message},
                {"node", failure.node},
                {"path", failure.path},
                {"context", failure.context}};
}

Audit new_audit(const std::string& by, Timestamp now) {
  const AuditTrail trail{by, now, by, now};
  return {trail, trail};
}

bool waits_for_worker(const Execution& execution) {
  return execution.queue && execution.queue->state == QueueState::waiting;
}

std::string_view to_string(Runner runner) {
  return runner == Runner::external ? "external" : "local";
}

}  // namespace goflow::core
