#include "engine/interpreter/retry.hpp"

#include "tests/engine/interpreter/fake_runtime.hpp"
#include "tests/engine/interpreter/workflow_builder.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace goflow;
using namespace goflow::engine;
using core::Backoff;
using Keys = std::vector<std::string>;

TEST_CASE("which failures are repeated") {
  core::Failure connection = failure_of("connection", "host is down");
  core::Failure refused = failure_of("execution", "Quota exceeded");
  refused.context.set("status", 503);
  core::Failure exit = failure_of("execution", "exit status 75");
  exit.context.set("exit_code", 75);

  struct Row {
    std::string name;
    Keys on;
    Keys skip_on;
    core::Failure failure;
    bool is_repeated;
  };
  const std::vector<Row> table{
      {"every kind by default", {}, {}, connection, true},
      {"but not validation", {}, {}, failure_of("validation"), false},
      {"and not a cancellation", {}, {}, failure_of("cancelled"), false},
      {"validation if asked for", {"validation"}, {}, failure_of("validation"), true},
      {"a kind", {"connection"}, {}, connection, true},
      {"a kind with suffix", {"connection_error"}, {}, connection, true},
      {"another kind", {"timeout"}, {}, connection, false},
      {"a kind is no pattern", {"execution"}, {}, failure_of("data", "execution"), false},
      {"a status", {"503"}, {}, refused, true},
      {"another status", {"502"}, {}, refused, false},
      {"a class", {"5xx"}, {}, refused, true},
      {"another class", {"4xx"}, {}, refused, false},
      {"a status is no pattern", {"503"}, {}, failure_of("execution", "503"), false},
      {"an exit code", {"exit:75"}, {}, exit, true},
      {"another exit code", {"exit:7"}, {}, exit, false},
      {"a pattern, ignoring case", {"quota .*ed$"}, {}, refused, true},
      {"a pattern that is not there", {"^exceeded"}, {}, refused, false},
      {"one of several", {"timeout", "exit:75"}, {}, exit, true},
      {"skip_on wins", {"5xx"}, {"quota"}, refused, false},
      {"skip_on alone", {}, {"exit:75"}, exit, false},
      {"skip_on of something else", {}, {"exit:75"}, connection, true},
  };
  for (const Row& row : table) {
    CAPTURE(row.name);
    const core::RetryPolicy policy{.max_attempts = 3, .on = row.on, .skip_on = row.skip_on};
    CHECK(is_repeatable(policy, row.failure) == row.is_repeated);
  }
}

TEST_CASE("how long the next attempt is waited for") {
  const auto delays = [](Backoff backoff) {
    const core::RetryPolicy policy{.max_attempts = 100,
                                   .backoff = backoff,
                                   .initial_delay = std::chrono::milliseconds(100),
                                   .max_delay = std::chrono::milliseconds(1000),
                                   .multiplier = 3};
    std::vector<std::int64_t> found;
    for (const int attempt : {1, 2, 3, 4, 99})
      found.push_back(delay_after(policy, attempt).count());
    return found;
  };
  using Numbers = std::vector<std::int64_t>;
  CHECK(delays(Backoff::constant) == Numbers{100, 100, 100, 100, 100});
  CHECK(delays(Backoff::linear) == Numbers{100, 200, 300, 400, 1000});
  CHECK(delays(Backoff::exponential) == Numbers{100, 300, 900, 1000, 1000});
}

TEST_CASE("a failed attempt is told, waited after and followed by another") {
  WorkflowBuilder build;
  core::Node step = with_attempts(shell("step"), 3);
  step.retry->jitter = 0.5;
  build.then(std::move(step));
  TestRun run(build.workflow());
  run.start();
  run.fail("step", failure_of("execution", "first"));
  const auto& sleep = std::get<SleepEffect>(run.runtime.pending("step#2").effect);
  CHECK(sleep.path == "step");
  CHECK(sleep.attempt == 2);
  CHECK(std::get<std::chrono::milliseconds>(sleep.until) == std::chrono::seconds(1));
  CHECK(sleep.jitter == 0.5);
  CHECK(sleep.longest == std::chrono::seconds(30));
  run.complete("step#2");
  CHECK(std::get<ActivityEffect>(run.runtime.pending("step#2").effect).attempt == 2);
  run.complete("step#2", "done");
  CHECK(run.result().status == core::ExecutionStatus::completed);
  CHECK(run.runtime.log == Keys{"started step#1",
                                "begin step",
                                "attempt-failed step#1 first",
                                "begin step#2",
                                "started step#2",
                                "begin step#2",
                                "finished step completed \"done\""});
}

TEST_CASE(
    "when the attempts are used up the error says so; when it is not repeatable it does not") {
  WorkflowBuilder build;
  core::Node step = with_attempts(shell("step"), 2);
  step.retry->skip_on = {"fatal"};
  build.then(std::move(step));
  TestRun run(build.workflow());
  run.start();
  SUBCASE("used up") {
    run.fail("step", failure_of("execution", "first"));
    run.complete("step#2");
    run.fail("step#2", failure_of("execution", "second"));
    CHECK(run.result().failure->message == "retry exhausted after 2 attempts: second");
    CHECK(*run.result().failure->context.find("attempt") == core::Value(2));
  }
  SUBCASE("not repeatable") {
    run.fail("step", failure_of("execution", "fatal thing"));
    CHECK(run.result().failure->message == "fatal thing");
  }
}

TEST_CASE("a cancellation interrupts the delay before the next attempt") {
  WorkflowBuilder build;
  build.then(with_attempts(shell("step"), 3));
  TestRun run(build.workflow());
  run.start();
  run.fail("step", failure_of("execution"));
  run.cancel();
  CHECK(run.runtime.pending("step#2").is_cancelled);
  run.end_cancelled();
  CHECK(run.result().status == core::ExecutionStatus::cancelled);
  CHECK(run.runtime.status_of("step") == "cancelled");
}

TEST_CASE("a computation is tried again as well") {
  WorkflowBuilder build;
  build.variable("late");
  build.top(with_attempts(transform("step", "late"), 2));
  build.top(with_output(shell("other"), "late"));
  build.returns("${step}");
  TestRun run(build.workflow());
  run.start();
  CHECK(run.pending() == Keys{"other", "step#2"});
  run.complete("other", 5);
  run.complete("step#2");
  CHECK(run.return_value() == core::Value(5));
}
