#include "engine/loop/event_loop.hpp"

#include "engine/loop/children.hpp"
#include "engine/loop/http_transfers.hpp"
#include "engine/loop/uv_close.hpp"

#include <cassert>
#include <csignal>
#include <utility>

namespace goflow::engine {

EventLoop::EventLoop()
    : loop_(new uv_loop_t),
      before_waiting_(new uv_prepare_t),
      no_waiting_(new uv_idle_t),
      children_(std::make_unique<Children>(*this)) {
  // Writing to a child that has closed its standard input is an error code, not a death.
  std::signal(SIGPIPE, SIG_IGN);
  [[maybe_unused]] const int failed = uv_loop_init(loop_.get());
  assert(failed == 0);
  uv_prepare_init(loop_.get(), before_waiting_.get());
  uv_idle_init(loop_.get(), no_waiting_.get());
  before_waiting_->data = this;
  uv_prepare_start(before_waiting_.get(),
                   [](uv_prepare_t* handle) { static_cast<EventLoop*>(handle->data)->end_turn(); });
}

EventLoop::~EventLoop() = default;

void EventLoop::CloseLoop::operator()(uv_loop_s* loop) const {
  uv_run(loop, UV_RUN_NOWAIT);   // a stop() that no run() has met ends here
  uv_run(loop, UV_RUN_DEFAULT);  // lets the handles that were closed last go
  [[maybe_unused]] const int still_busy = uv_loop_close(loop);
  assert(still_busy == 0);
  delete loop;
}

void EventLoop::run() {
  uv_run(loop_.get(), UV_RUN_DEFAULT);
}

void EventLoop::stop() {
  uv_stop(loop_.get());
}

void EventLoop::on_turn_end(std::function<void()> callback) {
  turn_end_ = std::move(callback);
}

void EventLoop::continue_soon() {
  // libuv does not wait while an idle handle is active; what it does is of no interest.
  uv_idle_start(no_waiting_.get(), [](uv_idle_t*) {});
}

void EventLoop::end_turn() {
  uv_idle_stop(no_waiting_.get());
  if (turn_end_) turn_end_();
}

Children& EventLoop::children() {
  return *children_;
}

HttpTransfers& EventLoop::transfers() {
  if (!transfers_) transfers_ = std::make_unique<HttpTransfers>(*this);
  return *transfers_;
}

}  // namespace goflow::engine
