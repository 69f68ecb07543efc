#include "engine/interpreter/cancel_scope.hpp"

namespace goflow::engine {

CancelScope::CancelScope(CancelScope* parent) : parent_(parent) {
  if (!parent_) return;
  cancelled_ = parent_->cancelled();
  ticket_ = parent_->join(*this);
}

CancelScope::~CancelScope() {
  if (parent_) parent_->leave(ticket_);
}

void CancelScope::cancel() {
  if (cancelled_) return;
  cancelled_ = true;
  for (const auto& [ticket, member] : members_)
    member->on_cancel();
}

CancelScope::Ticket CancelScope::join(Cancellable& member) {
  members_.emplace_hint(members_.end(), next_ticket_, &member);
  return next_ticket_++;
}

void CancelScope::leave(Ticket ticket) {
  members_.erase(ticket);
}

}  // namespace goflow::engine
