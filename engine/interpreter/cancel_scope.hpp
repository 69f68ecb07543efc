// What is ended together: a tree that reaches from the run down to the effects under way.
#pragma once

#include <cstdint>
#include <map>

namespace goflow::engine {

/// Something that waits and can be told to wait no longer.
class Cancellable {
 public:
  /// Neither joins nor leaves a scope, and resumes nothing from within.
  virtual void on_cancel() = 0;

 protected:
  ~Cancellable() = default;
};

/// Part of its parent's scope: cancelled with it, and at birth where the parent is cancelled
/// already. Its members are told in the order in which they joined.
class CancelScope final : private Cancellable {
 public:
  using Ticket = std::uint64_t;

  explicit CancelScope(CancelScope* parent = nullptr);
  ~CancelScope();
  CancelScope(const CancelScope&) = delete;
  CancelScope& operator=(const CancelScope&) = delete;

  void cancel();
  [[nodiscard]] bool cancelled() const { return cancelled_; }

  Ticket join(Cancellable& member);
  void leave(Ticket ticket);

 private:
  void on_cancel() override { cancel(); }

  CancelScope* parent_;
  Ticket ticket_ = 0;  // in the parent
  bool cancelled_ = false;
  Ticket next_ticket_ = 1;
  std::map<Ticket, Cancellable*> members_;
};

}  // namespace goflow::engine
