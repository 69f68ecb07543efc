#include "engine/loop/signal_watch.hpp"

#include "engine/loop/event_loop.hpp"
#include "engine/loop/uv_close.hpp"

#include <utility>

namespace goflow::engine {

SignalWatch::SignalWatch(EventLoop& loop, int signal, std::function<void()> callback)
    : callback_(std::move(callback)), signal_(new uv_signal_t) {
  uv_signal_init(loop.native(), signal_.get());
  signal_->data = this;
  uv_signal_start(
      signal_.get(),
      [](uv_signal_t* handle, int) { static_cast<SignalWatch*>(handle->data)->callback_(); },
      signal);
}

SignalWatch::~SignalWatch() = default;

}  // namespace goflow::engine
