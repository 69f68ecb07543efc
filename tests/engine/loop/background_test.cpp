#include "engine/loop/background.hpp"

#include "engine/loop/event_loop.hpp"
#include "engine/loop/timer.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <memory>
#include <optional>
#include <thread>

using goflow::engine::Background;
using goflow::engine::EventLoop;
using goflow::engine::Timer;
using namespace std::chrono_literals;

TEST_CASE("the work is done elsewhere, and the loop hears of its end") {
  EventLoop loop;
  std::thread::id worker;
  std::thread::id caller;
  std::optional<Background> background;
  background.emplace(
      loop,
      [&](const std::atomic<bool>&) { worker = std::this_thread::get_id(); },
      [&] {
        caller = std::this_thread::get_id();
        background.reset();  // as it may
        loop.stop();
      });
  loop.run();
  CHECK(worker != std::this_thread::get_id());
  CHECK(worker != std::thread::id());
  CHECK(caller == std::this_thread::get_id());
}

TEST_CASE("what nobody waits for any more is told to stop, and nobody hears of it") {
  const auto was_stopped = std::make_shared<std::atomic<bool>>(false);
  const auto has_begun = std::make_shared<std::atomic<bool>>(false);
  bool was_heard = false;
  {
    EventLoop loop;
    std::optional<Background> background;
    background.emplace(
        loop,
        [was_stopped, has_begun](const std::atomic<bool>& stop) {
          *has_begun = true;
          while (!stop) {
            std::this_thread::sleep_for(1ms);
          }
          *was_stopped = true;
        },
        [&] { was_heard = true; });
    Timer looking(loop, [&] {
      if (!*has_begun) return;
      background.reset();
      loop.stop();
    });
    looking.repeat(1ms);
    loop.run();
  }
  CHECK(*was_stopped);
  CHECK_FALSE(was_heard);
}
