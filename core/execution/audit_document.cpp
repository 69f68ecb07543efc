#include "core/execution/audit_document.hpp"

#include "core/base/clock.hpp"

namespace goflow::core {

Object to_document(const AuditTrail& trail) {
  return {{"created_by", trail.created_by},
          {"created_at", format_rfc3339(trail.created_at)},
          {"updated_by", trail.updated_by},
          {"updated_at", format_rfc3339(trail.updated_at)},
          {"event", trail.event}};
}

Array earlier_ends_document(const std::vector<EarlierEnd>& ends) {
  Array documents;
  for (const EarlierEnd& end : ends) {
    documents.push_back(Object{{"status", to_string(end.status)},
                               {"completed_at", format_rfc3339(end.completed_at)},
                               {"error", end.error ? to_value(*end.error) : Value()},
                               {"retried_at", format_rfc3339(end.retried_at)}});
  }
  return documents;
}

}  // namespace goflow::core
