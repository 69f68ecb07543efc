#include "core/schedule/due.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace goflow::core;

namespace {

using Times = std::vector<std::string>;

Schedule hourly(CatchUp catch_up) {
  return {.lines = {*CronLine::parse("@hourly")}, .time_zone = "UTC", .catch_up = catch_up};
}

Due due(const Schedule& schedule, const char* looked_after_until, const char* now) {
  return due_now(
      schedule, *TimeZone::find("UTC"), *parse_rfc3339(looked_after_until), *parse_rfc3339(now));
}

Times times_of(const Due& due) {
  Times times;
  for (const Timestamp time : due.times) {
    times.push_back(format_rfc3339_seconds(time));
  }
  return times;
}

}  // namespace

TEST_CASE("without catching up only a time that has just come is due") {
  const Schedule schedule = hourly(CatchUp::none);
  CHECK(times_of(due(schedule, "2026-11-20T08:30:00Z", "2026-11-20T12:01:00Z")) ==
        Times{"2026-11-20T12:00:00Z"});
  CHECK(times_of(due(schedule, "2026-11-20T08:30:00Z", "2026-11-20T12:05:00Z")).empty());
  CHECK(times_of(due(schedule, "2026-11-20T12:00:30Z", "2026-11-20T12:01:00Z")).empty());
}

TEST_CASE("catching up with the latest runs one time for all that were missed") {
  const Schedule schedule = hourly(CatchUp::latest);
  CHECK(times_of(due(schedule, "2026-11-18T08:30:00Z", "2026-11-20T12:20:00Z")) ==
        Times{"2026-11-20T12:00:00Z"});
  CHECK(times_of(due(schedule, "2026-11-20T12:00:00Z", "2026-11-20T12:20:00Z")).empty());
}

TEST_CASE("catching up with all runs each, from the oldest, and a hundred at most") {
  const Schedule schedule = hourly(CatchUp::all);
  const Due few = due(schedule, "2026-11-20T09:00:00Z", "2026-11-20T12:20:00Z");
  CHECK(times_of(few) ==
        Times{"2026-11-20T10:00:00Z", "2026-11-20T11:00:00Z", "2026-11-20T12:00:00Z"});
  CHECK(few.let_go == 0);
  const Due many = due(schedule, "2026-11-10T12:00:00Z", "2026-11-20T12:20:00Z");
  CHECK(many.times.size() == most_caught_up);
  CHECK(many.let_go == 140);
  CHECK(times_of(many).back() == "2026-11-20T12:00:00Z");
}

TEST_CASE("what was looked after goes on to now, and never back") {
  for (const CatchUp catch_up : {CatchUp::none, CatchUp::latest, CatchUp::all}) {
    const Schedule schedule = hourly(catch_up);
    CHECK(due(schedule, "2026-11-20T12:10:00Z", "2026-11-20T12:20:00Z").looked_after_until ==
          *parse_rfc3339("2026-11-20T12:20:00Z"));
    const Due put_back = due(schedule, "2026-11-20T12:10:00Z", "2026-11-20T09:20:00Z");
    CHECK(put_back.times.empty());
    CHECK(put_back.looked_after_until == *parse_rfc3339("2026-11-20T12:10:00Z"));
  }
}
