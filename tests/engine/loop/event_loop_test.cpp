#include "engine/loop/event_loop.hpp"

#include "engine/loop/signal_watch.hpp"
#include "engine/loop/timer.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <csignal>
#include <optional>
#include <string>

using namespace goflow::engine;
using namespace std::chrono_literals;

TEST_CASE("a turn ends before the loop waits, and again when it was told to continue soon") {
  EventLoop loop;
  int turns = 0;
  loop.on_turn_end([&] {
    if (++turns == 3) return loop.stop();
    loop.continue_soon();
  });
  loop.run();
  CHECK(turns == 3);
}

TEST_CASE("timers call back in the order of their times") {
  EventLoop loop;
  std::string heard;
  Timer late(loop, [&] {
    heard += "late";
    loop.stop();
  });
  Timer early(loop, [&] { heard += "early "; });
  Timer never(loop, [&] { heard += "never "; });
  late.start(20ms);
  early.start(1ms);
  never.start(1ms);
  never.stop();
  CHECK(late.is_running());
  CHECK_FALSE(never.is_running());
  loop.run();
  CHECK(heard == "early late");
}

TEST_CASE("a repeating timer may destroy itself") {
  EventLoop loop;
  int calls = 0;
  std::optional<Timer> timer;
  timer.emplace(loop, [&] {
    if (++calls < 3) return;
    timer.reset();
    loop.stop();
  });
  timer->repeat(1ms);
  loop.run();
  CHECK(calls == 3);
}

TEST_CASE("events are heard while the loop is kept busy") {
  EventLoop loop;
  loop.on_turn_end([&] { loop.continue_soon(); });
  const SignalWatch watch(loop, SIGUSR2, [&] { loop.stop(); });
  Timer timer(loop, [] { std::raise(SIGUSR2); });
  timer.start(5ms);
  loop.run();
}
