#include "engine/interpreter/effect_awaiter.hpp"

#include <cassert>
#include <utility>

namespace goflow::engine {

EffectAwaiter::EffectAwaiter(Runtime& runtime, CancelScope& scope, Effect effect)
    : runtime_(runtime), scope_(scope), effect_(std::move(effect)) {}

EffectAwaiter::~EffectAwaiter() {
  if (!answer_) return;
  answer_->awaiting = nullptr;
  scope_.leave(ticket_);
}

void EffectAwaiter::begin(std::coroutine_handle<> awaiting, RunQueue& queue) {
  answer_ = std::make_shared<Answer>();
  answer_->awaiting = awaiting;
  ticket_ = scope_.join(*this);
  id_ = runtime_.begin(std::move(effect_), [answer = answer_, &queue](EffectOutcome outcome) {
    if (!answer->awaiting) return;
    assert(!answer->outcome);
    answer->outcome = std::move(outcome);
    queue.post_answered(answer->awaiting);
  });
}

EffectOutcome EffectAwaiter::await_resume() {
  if (!answer_) return EffectOutcome{.status = EffectOutcome::Status::cancelled};
  return *std::move(answer_->outcome);
}

void EffectAwaiter::on_cancel() {
  if (!answer_->outcome) runtime_.cancel(id_);
}

}  // namespace goflow::engine
