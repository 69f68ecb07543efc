#include "core/execution/scheduled_execution.hpp"

#include "core/base/ulid.hpp"

#include <doctest/doctest.h>

using namespace goflow::core;

TEST_CASE("the id of a scheduled run follows from the workflow and the time alone") {
  const Timestamp time = *parse_rfc3339("2026-11-20T02:00:00Z");
  const std::string id = scheduled_execution_id("nightly", time);
  CHECK(is_execution_id(id));
  // Ids that were made since do not push it on.
  static_cast<void>(new_execution_id(time + std::chrono::hours(5)));
  CHECK(scheduled_execution_id("nightly", time) == id);
  CHECK(scheduled_execution_id("triage", time) != id);
  CHECK(scheduled_execution_id("nightly", time + std::chrono::minutes(1)) != id);
  CHECK(id.substr(4, 10) == ulid_time(time));
  CHECK(scheduled_execution_id("triage", time + std::chrono::minutes(1)) > id);
}
