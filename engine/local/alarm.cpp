#include "engine/local/alarm.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace goflow::engine {
namespace {

// The loop's timers stand still while a laptop sleeps, so the clock is looked at now and then.
constexpr std::chrono::milliseconds longest_nap = std::chrono::seconds{30};

}  // namespace

Alarm::Alarm(EventLoop& loop, const core::Clock& clock, std::function<void()> ring)
    : clock_(clock), ring_(std::move(ring)), timer_(loop, [this] { look(); }) {}

void Alarm::set(core::Timestamp due) {
  due_ = due;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(due - clock_.now());
  timer_.start(std::clamp(left, std::chrono::milliseconds{0}, longest_nap));
}

void Alarm::look() {
  if (clock_.now() >= due_) {
    ring_();
  } else {
    set(due_);
  }
}

}  // namespace goflow::engine
