// co_await EffectAwaiter(…): asks the runtime for an effect and goes on with its outcome.
#pragma once

#include "engine/interpreter/cancel_scope.hpp"
#include "engine/interpreter/run_queue.hpp"
#include "engine/interpreter/runtime.hpp"

#include <coroutine>
#include <memory>
#include <optional>

namespace goflow::engine {

/// In a cancelled scope the outcome is `cancelled` at once and the runtime hears nothing of it.
class EffectAwaiter final : private Cancellable {
 public:
  EffectAwaiter(Runtime& runtime, CancelScope& scope, Effect effect);
  ~EffectAwaiter();
  EffectAwaiter(const EffectAwaiter&) = delete;
  EffectAwaiter& operator=(const EffectAwaiter&) = delete;

  [[nodiscard]] bool await_ready() const { return scope_.cancelled(); }
  template <class Promise>
  void await_suspend(std::coroutine_handle<Promise> awaiting) {
    begin(awaiting, *awaiting.promise().queue);
  }
  EffectOutcome await_resume();

 private:
  /// Shared with the runtime, whose answer may come when the run is gone.
  struct Answer {
    std::coroutine_handle<> awaiting = nullptr;
    std::optional<EffectOutcome> outcome = std::nullopt;
  };

  void begin(std::coroutine_handle<> awaiting, RunQueue& queue);
  void on_cancel() override;

  Runtime& runtime_;
  CancelScope& scope_;
  Effect effect_;
  EffectId id_ = 0;
  CancelScope::Ticket ticket_ = 0;
  std::shared_ptr<Answer> answer_;  // absent: never begun
};

}  // namespace goflow::engine
