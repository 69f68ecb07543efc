#include "core/schedule/launchd_agent.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace goflow::core;

namespace {

const ScheduledCommand command{
    "nightly", {"/opt/a&b/goflow", "schedule", "run"}, "/Users/ann/.goflow", {"PATH=/usr/bin"}};

std::string agent(const std::string& line, const std::string& zone = "") {
  return launchd_agent(command, {.lines = {*CronLine::parse(line)}, .time_zone = zone});
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::size_t intervals_of(const std::string& text) {
  std::size_t count = 0;
  for (std::size_t at = text.find("    <dict>"); at != std::string::npos;
       at = text.find("    <dict>", at + 1)) {
    ++count;
  }
  return count;
}

}  // namespace

TEST_CASE("an agent of launchd writes out every combination of chosen numbers") {
  const std::string twice = agent("30 2,14 * * *");
  CHECK(intervals_of(twice) == 2);
  CHECK(has(twice,
            "<dict><key>Minute</key><integer>30</integer><key>Hour</key>"
            "<integer>14</integer></dict>"));
  CHECK(intervals_of(agent("0 0 13 * FRI")) == 2);
  CHECK(has(agent("0 0 13 * FRI"), "<key>Weekday</key><integer>5</integer>"));
  CHECK(intervals_of(agent("0 9-17 * * 1-5")) == 45);
}

TEST_CASE("an agent looks every minute where the times cannot be written out") {
  for (const std::string& text :
       {agent("0 2 * * *", "Europe/Berlin"), agent("1-59 0-22 * * 1-5")}) {
    CHECK(has(text, "<key>StartInterval</key>\n  <integer>60</integer>"));
    CHECK_FALSE(has(text, "StartCalendarInterval"));
  }
}

TEST_CASE("an agent has the words and variables of its command") {
  const std::string text = agent("@daily");
  CHECK(has(text, "<string>dev.goflow.nightly</string>"));
  CHECK(has(text, "<string>/opt/a&amp;b/goflow</string>\n    <string>schedule</string>"));
  CHECK(has(text, "<key>PATH</key><string>/usr/bin</string>"));
}
