#include "core/schedule/systemd_timer.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace goflow::core;

namespace {

using Texts = std::vector<std::string>;

CronLine line(const std::string& text) {
  return *CronLine::parse(text);
}

Timestamp time(const char* text) {
  return *parse_rfc3339(text);
}

const ScheduledCommand command{"nightly",
                               {"/opt/100% new/goflow", "--home", "/home/ann/$x \"y\""},
                               "/home/ann/.goflow",
                               {"PATH=/usr/bin:/opt/50%"}};

}  // namespace

TEST_CASE("a cron line is one calendar event, and two where either day will do") {
  CHECK(calendar_events(line("0 2 * * 1-5"), "") == Texts{"Mon,Tue,Wed,Thu,Fri *-*-* 02:00:00"});
  CHECK(calendar_events(line("*/15 8-9 1 jan,jul *"), "Europe/Berlin") ==
        Texts{"*-01,07-01 08,09:00,15,30,45:00 Europe/Berlin"});
  CHECK(calendar_events(line("* * * * *"), "") == Texts{"*-*-* *:*:00"});
  CHECK(calendar_events(line("0 0 13 * FRI"), "UTC") ==
        Texts{"*-*-13 00:00:00 UTC", "Fri *-*-* 00:00:00 UTC"});
  CHECK(calendar_events(line("0 0 */2 * FRI"), "")[0].starts_with("Fri *-*-01,03,05,"));
  CHECK(calendar_events(line("0 0 13 * 0-6"), "") == Texts{"*-*-* 00:00:00"});
}

TEST_CASE("what systemd leaves out around the jumps of the clock is added") {
  const TimeZone berlin = *TimeZone::find("Europe/Berlin");
  const Timestamp now = time("2026-01-01T00:00:00Z");
  const Texts skipped = calendar_events_at_jumps(line("30 2 * * *"), berlin, now);
  REQUIRE(skipped.size() == 5);
  CHECK(skipped.front() == "2026-03-29 01:00:00 UTC");
  const Texts repeated = calendar_events_at_jumps(line("*/30 * * * *"), berlin, now);
  REQUIRE(repeated.size() == 5);
  CHECK(repeated.front() == "2026-10-25 01:00,30:00 UTC");
  CHECK(calendar_events_at_jumps(line("30 4 * * *"), berlin, now).empty());
  CHECK(calendar_events_at_jumps(line("30 2 * * *"), *TimeZone::find("UTC"), now).empty());
}

TEST_CASE("a unit quotes what systemd would take for something else") {
  const std::string service = systemd_service(command);
  CHECK(service.find("ExecStart=\"/opt/100%% new/goflow\" \"--home\" "
                     "\"/home/ann/$$x \\\"y\\\"\"\n") != std::string::npos);
  CHECK(service.find("Environment=\"PATH=/usr/bin:/opt/50%%\"\n") != std::string::npos);
  CHECK(home_of_unit(service) == "/home/ann/.goflow");
}

TEST_CASE("a timer is persistent where missed times are caught up with") {
  Schedule schedule{.lines = {line("@daily"), line("0 12 * * *")}};
  const TimeZone utc = *TimeZone::find("UTC");
  const auto timer = [&] {
    return systemd_timer(command, schedule, utc, time("2026-01-01T00:00:00Z"));
  };
  CHECK(timer().find("OnCalendar=*-*-* 00:00:00 UTC\nOnCalendar=*-*-* 12:00:00 UTC\n"
                     "Persistent=true\n") != std::string::npos);
  CHECK(home_of_unit(timer()) == "/home/ann/.goflow");
  schedule.catch_up = CatchUp::none;
  CHECK(timer().find("Persistent=false\n") != std::string::npos);
}

TEST_CASE("a unit of somebody else has no home") {
  CHECK(home_of_unit("[Unit]\nDescription=goflow\n").empty());
  CHECK(home_of_unit("").empty());
}
