// So many at once and no more; whoever has to wait is served in order of arrival.
#pragma once

#include "engine/interpreter/cancel_scope.hpp"
#include "engine/interpreter/run_queue.hpp"

#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <map>

namespace goflow::engine {

class Semaphore {
 public:
  class Permit;
  class Acquire;

  explicit Semaphore(std::size_t permits) : free_(permits) {}
  Semaphore(const Semaphore&) = delete;
  Semaphore& operator=(const Semaphore&) = delete;

  /// Awaits a permit. In a cancelled scope there is no waiting, and the permit may be empty.
  Acquire acquire(CancelScope& scope);

 private:
  void release();

  std::size_t free_;
  std::uint64_t next_arrival_ = 0;
  std::map<std::uint64_t, Acquire*> waiting_;  // by arrival
};

/// Gives back what was acquired when it goes.
class Semaphore::Permit {
 public:
  explicit Permit(Semaphore* semaphore) : semaphore_(semaphore) {}
  Permit(Permit&& other) noexcept;
  Permit& operator=(Permit&&) = delete;
  ~Permit();

 private:
  Semaphore* semaphore_;  // nullptr: an empty one
};

class Semaphore::Acquire final : private Cancellable {
 public:
  Acquire(Semaphore& semaphore, CancelScope& scope) : semaphore_(semaphore), scope_(scope) {}
  ~Acquire();
  Acquire(const Acquire&) = delete;
  Acquire& operator=(const Acquire&) = delete;

  [[nodiscard]] bool await_ready();
  template <class Promise>
  void await_suspend(std::coroutine_handle<Promise> awaiting) {
    wait(awaiting, *awaiting.promise().queue);
  }
  Permit await_resume();

 private:
  friend class Semaphore;

  void wait(std::coroutine_handle<> awaiting, RunQueue& queue);
  void grant();
  void on_cancel() override;

  Semaphore& semaphore_;
  CancelScope& scope_;
  std::uint64_t arrival_ = 0;
  CancelScope::Ticket ticket_ = 0;  // 0: did not have to wait
  bool granted_ = false;
  std::coroutine_handle<> awaiting_ = nullptr;
  RunQueue* queue_ = nullptr;
};

}  // namespace goflow::engine
