#include "engine/local/process_identity.hpp"

#include <doctest/doctest.h>

using namespace goflow;

TEST_CASE("this process lives, and one with another start time does not") {
  const auto now = core::SystemClock().now();
  core::Owner owner = engine::this_process(now);
  CHECK(engine::is_alive(owner, now));
  owner.pid_started += "1";
  CHECK_FALSE(engine::is_alive(owner, now));
}

TEST_CASE("an owner from before the last boot is gone, whatever has its PID now") {
  const auto now = core::SystemClock().now();
  core::Owner owner = engine::this_process(now);
  owner.boot_id = "another";
  CHECK_FALSE(engine::is_alive(owner, now));
}

TEST_CASE("in another PID namespace only the heartbeat can tell") {
  const auto now = core::SystemClock().now();
  core::Owner owner = engine::this_process(now);
  owner.pid_namespace = "pid:[1]";
  CHECK(engine::is_alive(owner, now + std::chrono::seconds(30)));
  CHECK_FALSE(engine::is_alive(owner, now + std::chrono::seconds(31)));
}

TEST_CASE("a run that goes on without an owner is interrupted, an ended one never is") {
  const auto now = core::SystemClock().now();
  core::Execution execution;
  execution.status = core::ExecutionStatus::running;
  CHECK(engine::is_interrupted(execution, now));
  execution.owner = engine::this_process(now);
  CHECK_FALSE(engine::is_interrupted(execution, now));
  execution.owner.reset();
  execution.status = core::ExecutionStatus::failed;
  CHECK_FALSE(engine::is_interrupted(execution, now));
}
