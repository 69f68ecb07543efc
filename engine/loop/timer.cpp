#include "engine/loop/timer.hpp"

#include "engine/loop/event_loop.hpp"
#include "engine/loop/uv_close.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace goflow::engine {

Timer::Timer(EventLoop& loop, std::function<void()> callback)
    : callback_(std::move(callback)), timer_(new uv_timer_t) {
  uv_timer_init(loop.native(), timer_.get());
  timer_->data = this;
}

Timer::~Timer() = default;

void Timer::start(std::chrono::milliseconds delay) {
  start(delay, std::chrono::milliseconds{0});
}

void Timer::repeat(std::chrono::milliseconds interval) {
  start(interval, interval);
}

void Timer::start(std::chrono::milliseconds delay, std::chrono::milliseconds interval) {
  // libuv counts from the beginning of the turn, which may be a while ago.
  uv_update_time(timer_->loop);
  uv_timer_start(
      timer_.get(),
      [](uv_timer_t* handle) {
        // A copy, because the callback may destroy the timer.
        const auto callback = static_cast<Timer*>(handle->data)->callback_;
        callback();
      },
      static_cast<std::uint64_t>(std::max<std::int64_t>(delay.count(), 0)),
      static_cast<std::uint64_t>(interval.count()));
}

void Timer::stop() {
  uv_timer_stop(timer_.get());
}

bool Timer::is_running() const {
  return uv_is_active(reinterpret_cast<const uv_handle_t*>(timer_.get())) != 0;
}

}  // namespace goflow::engine
