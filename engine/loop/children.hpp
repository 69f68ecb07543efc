// What the child processes of one loop share: the ear for their ends, and an empty input.
#pragma once

#include "engine/loop/signal_watch.hpp"
#include "engine/loop/timer.hpp"

#include <sys/types.h>

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace goflow::engine {

class EventLoop;

/// How a process ended: by itself with a code, or by a signal.
struct ChildEnd {
  int exit_code = 0;
  int signal = 0;  // 0: by itself
};

class Children {
 public:
  explicit Children(EventLoop& loop);
  ~Children();
  Children(const Children&) = delete;
  Children& operator=(const Children&) = delete;

  /// Opened once; -1 when that is impossible.
  [[nodiscard]] int null_device();
  /// Called before a child is started, so that no end is missed.
  void listen();
  /// `on_end` is called once. The ended process stays a zombie, its id taken, until reap().
  void watch(pid_t pid, std::function<void(const ChildEnd&)> on_end);
  /// Takes an ended process off the system's list; waits for one that is about to end.
  void reap(pid_t pid);

  /// A place to read into, good until the next read.
  [[nodiscard]] std::vector<char>& read_buffer() { return read_buffer_; }

 private:
  void look_for_ended();

  EventLoop& loop_;
  std::optional<SignalWatch> child_signal_;
  // Libraries that goflow loads may take the signal for themselves, as GLib does for its children.
  std::optional<Timer> second_look_;
  std::map<pid_t, std::function<void(const ChildEnd&)>> watched_;
  std::vector<char> read_buffer_;
  int null_device_ = -1;
};

}  // namespace goflow::engine
