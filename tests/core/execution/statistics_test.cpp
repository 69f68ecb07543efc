#include "core/execution/statistics.hpp"

#include <doctest/doctest.h>

using namespace goflow::core;
using namespace std::chrono_literals;

namespace {

constexpr Timestamp start = std::chrono::sys_days{std::chrono::year{2026} / 1 / 19};

Execution ended(ExecutionStatus status, std::chrono::milliseconds took) {
  Execution execution;
  execution.status = status;
  execution.started_at = start;
  execution.completed_at = start + took;
  return execution;
}

}  // namespace

TEST_CASE("the success rate leaves out what was cancelled or still goes on") {
  Statistics statistics;
  CHECK_FALSE(statistics.success_rate().has_value());
  CHECK_FALSE(statistics.percentile(50).has_value());
  using enum ExecutionStatus;
  for (const auto status :
       {completed, completed, completed, failed, timed_out, cancelled, running}) {
    statistics.add(ended(status, 10ms));
  }
  CHECK(statistics.runs() == 7);
  CHECK(*statistics.success_rate() == doctest::Approx(0.6));
  CHECK(statistics.cancelled() == 1);
  CHECK(statistics.retries() == 0);
  Execution retried = ended(completed, 10ms);
  retried.reopened = 2;
  statistics.add(retried);
  CHECK(statistics.retries() == 2);
}

TEST_CASE("a percentile is a duration that was measured") {
  Statistics statistics;
  for (int i = 100; i >= 1; --i) {
    statistics.add(ended(ExecutionStatus::completed, std::chrono::milliseconds{i}));
  }
  CHECK(*statistics.percentile(50) == 50ms);
  CHECK(*statistics.percentile(95) == 95ms);
  CHECK(*statistics.percentile(100) == 100ms);
  statistics.add(ended(ExecutionStatus::cancelled, 1h));
  CHECK(*statistics.percentile(100) == 100ms);
}

TEST_CASE("a node counts by its last attempt, and those before it are retries") {
  Statistics statistics;
  NodeExecution node;
  node.status = NodeStatus::completed;
  node.attempt = 3;
  node.started_at = start;
  node.completed_at = start + 1s;
  statistics.add(node);
  node.status = NodeStatus::skipped;
  statistics.add(node);
  CHECK(statistics.runs() == 1);
  CHECK(statistics.retries() == 2);
}
