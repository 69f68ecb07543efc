#include "engine/interpreter/semaphore.hpp"

#include <utility>

namespace goflow::engine {

Semaphore::Acquire Semaphore::acquire(CancelScope& scope) {
  return Acquire(*this, scope);
}

void Semaphore::release() {
  if (waiting_.empty()) {
    ++free_;
    return;
  }
  // Handed on directly: a newcomer cannot overtake the one that waits longest.
  Acquire* longest = waiting_.begin()->second;
  waiting_.erase(waiting_.begin());
  longest->grant();
}

Semaphore::Permit::Permit(Permit&& other) noexcept
    : semaphore_(std::exchange(other.semaphore_, nullptr)) {}

Semaphore::Permit::~Permit() {
  if (semaphore_) semaphore_->release();
}

Semaphore::Acquire::~Acquire() {
  if (ticket_ == 0) return;
  scope_.leave(ticket_);
  semaphore_.waiting_.erase(arrival_);
}

bool Semaphore::Acquire::await_ready() {
  if (scope_.cancelled()) return true;
  if (semaphore_.free_ == 0) return false;
  --semaphore_.free_;
  granted_ = true;
  return true;
}

Semaphore::Permit Semaphore::Acquire::await_resume() {
  return Permit(granted_ ? &semaphore_ : nullptr);
}

void Semaphore::Acquire::wait(std::coroutine_handle<> awaiting, RunQueue& queue) {
  awaiting_ = awaiting;
  queue_ = &queue;
  ticket_ = scope_.join(*this);
  arrival_ = semaphore_.next_arrival_++;
  semaphore_.waiting_.emplace_hint(semaphore_.waiting_.end(), arrival_, this);
}

void Semaphore::Acquire::grant() {
  granted_ = true;
  queue_->post(awaiting_);
}

void Semaphore::Acquire::on_cancel() {
  if (granted_) return;  // on its way already
  semaphore_.waiting_.erase(arrival_);
  queue_->post(awaiting_);
}

}  // namespace goflow::engine
