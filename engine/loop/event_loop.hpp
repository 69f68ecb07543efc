// The one thread on which a run happens: waits for timers, signals and children, and calls back.
#pragma once

#include "engine/loop/uv_handle.hpp"

#include <functional>
#include <memory>

struct uv_idle_s;
struct uv_prepare_s;

namespace goflow::engine {

class Children;
class HttpTransfers;

/// 1. Everything is called back on the thread that called run(), never from within a call to the
///    loop or to one of its parts.
/// 2. What has happened is called back first; then, before the loop waits again, the turn ends.
/// 3. Timers, signals, children and transfers must be destroyed before the loop.
class EventLoop {
 public:
  EventLoop();
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  /// Until stop() is called.
  void run();
  void stop();

  /// At the end of every turn, right before the loop waits for the next events.
  void on_turn_end(std::function<void()> callback);
  /// Lets the next turn come without waiting; events that are there already are heard before.
  void continue_soon();

  /// What the child processes of this loop share.
  [[nodiscard]] Children& children();
  /// And its HTTP transfers.
  [[nodiscard]] HttpTransfers& transfers();
  [[nodiscard]] uv_loop_s* native() { return loop_.get(); }

 private:
  void end_turn();

  struct CloseLoop {
    void operator()(uv_loop_s* loop) const;
  };

  std::unique_ptr<uv_loop_s, CloseLoop> loop_;
  UvHandle<uv_prepare_s> before_waiting_;
  UvHandle<uv_idle_s> no_waiting_;
  std::function<void()> turn_end_;
  std::unique_ptr<Children> children_;
  std::unique_ptr<HttpTransfers> transfers_;
};

}  // namespace goflow::engine
