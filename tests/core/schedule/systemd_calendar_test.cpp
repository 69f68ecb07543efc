#include "core/schedule/occurrences.hpp"
#include "core/schedule/systemd_timer.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <sstream>
#include <string>
#include <vector>

using namespace goflow::core;

namespace {

using Texts = std::vector<std::string>;
constexpr int compared_times = 8;

struct Place {
  const char* zone;
  const char* after;
};

std::string output_of(const std::string& command) {
  std::string text;
  std::FILE* pipe = popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::array<char, 4096> buffer{};
  while (std::fgets(buffer.data(), buffer.size(), pipe) != nullptr) {
    text += buffer.data();
  }
  CHECK_MESSAGE(pclose(pipe) == 0, command);
  return text;
}

/// The first time of each line that has one: "… Sun 2026-03-29 01:00:00 UTC".
Texts times_in(const std::string& said) {
  constexpr std::size_t date_and_time = 19;
  std::set<std::string> times;
  std::istringstream lines(said);
  for (std::string line; std::getline(lines, line);) {
    const bool is_time = line.ends_with(" UTC") && (line.find("elapse:") != std::string::npos ||
                                                    line.find("Iter.") != std::string::npos ||
                                                    line.find("in UTC") != std::string::npos);
    if (!is_time) continue;
    std::string time = line.substr(line.size() - date_and_time - 4, date_and_time);
    times.insert(time.replace(10, 1, "T") + "Z");
  }
  return {times.begin(), times.end()};
}

Texts times_of_systemd(const Texts& events, const std::string& after) {
  std::string command =
      "TZ=UTC systemd-analyze calendar --iterations=" + std::to_string(compared_times) +
      " --base-time='" + after.substr(0, 10) + " " + after.substr(11, 8) + " UTC'";
  for (const std::string& event : events) {
    command += " '" + event + "'";
  }
  Texts times = times_in(output_of(command));
  if (times.size() > compared_times) times.resize(compared_times);
  return times;
}

Texts times_of_ours(const CronLine& line, const TimeZone& zone, Timestamp after) {
  const std::vector<CronLine> lines{line};
  Occurrences occurrences(lines, zone, after);
  Texts times;
  for (int i = 0; i < compared_times; ++i) {
    if (const auto time = occurrences.next()) times.push_back(format_rfc3339_seconds(*time));
  }
  return times;
}

constexpr Place places[] = {{"UTC", "2026-11-20T10:00:00Z"},
                            {"Europe/Berlin", "2026-03-28T10:00:00Z"},
                            {"Europe/Berlin", "2026-10-24T10:00:00Z"},
                            {"America/New_York", "2026-10-31T10:00:00Z"},
                            {"Australia/Lord_Howe", "2026-04-03T10:00:00Z"}};

constexpr const char* cron_lines[] = {"0 2 * * 1-5",
                                      "*/15 * * * *",
                                      "30 2 * * *",
                                      "0 0 13 * FRI",
                                      "@hourly",
                                      "@weekly",
                                      "0 0 29 2 *",
                                      "15 1,2,3 * * *",
                                      "*/20 2 * * *",
                                      "0 0 1 */3 *",
                                      "5 4 * * SUN",
                                      "59 23 31 12 *",
                                      "0 12 */2 * MON"};

}  // namespace

TEST_CASE("systemd comes at the times that we come at, on the nights of the jumps too") {
  if (std::system("systemd-analyze --version > /dev/null 2>&1") != 0) {
    MESSAGE("not compared: there is no systemd-analyze");
    return;
  }
  for (const char* text : cron_lines) {
    for (const Place& place : places) {
      CAPTURE(text);
      CAPTURE(place.zone);
      const CronLine line = *CronLine::parse(text);
      const TimeZone zone = *TimeZone::find(place.zone);
      const Timestamp after = *parse_rfc3339(place.after);
      Texts events = calendar_events(line, zone.name());
      const Texts at_jumps = calendar_events_at_jumps(line, zone, after);
      events.insert(events.end(), at_jumps.begin(), at_jumps.end());
      CHECK(times_of_systemd(events, place.after) == times_of_ours(line, zone, after));
    }
  }
}
