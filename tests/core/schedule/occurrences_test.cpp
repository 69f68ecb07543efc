#include "core/schedule/occurrences.hpp"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

using namespace goflow::core;
using namespace std::chrono;

namespace {

std::vector<CronLine> parsed(const std::vector<std::string>& texts) {
  std::vector<CronLine> lines;
  for (const std::string& text : texts) {
    lines.push_back(*CronLine::parse(text));
  }
  return lines;
}

TimeZone zone(const std::string& name) {
  return *TimeZone::find(name);
}

std::vector<std::string> next_times(const std::vector<std::string>& texts,
                                    const std::string& zone_name,
                                    const std::string& after,
                                    int count) {
  const std::vector<CronLine> lines = parsed(texts);
  Occurrences occurrences(lines, zone(zone_name), *parse_rfc3339(after));
  std::vector<std::string> times;
  for (int i = 0; i < count; ++i) {
    const auto time = occurrences.next();
    times.push_back(time ? format_rfc3339_seconds(*time) : "never");
  }
  return times;
}

using Times = std::vector<std::string>;

/// The same by looking at every minute.
class MinuteWalk {
 public:
  MinuteWalk(CronLine line, const TimeZone& zone) : line_(std::move(line)), zone_(zone) {}

  bool comes_at(sys_seconds minute) const {
    const local_seconds shown = zone_.wall_time(minute);
    if (line_.has_every_hour()) return matches(shown);
    if (matches(shown) && !was_shown_before(minute, shown)) return true;
    const local_seconds due_next = zone_.wall_time(minute - minutes(1)) + minutes(1);
    for (local_seconds skipped = due_next; skipped < shown; skipped += minutes(1)) {
      if (matches(skipped)) return true;
    }
    return false;
  }

 private:
  bool matches(local_seconds shown) const {
    const auto day = floor<days>(shown);
    const hh_mm_ss time(shown - day);
    return line_.has_day(year_month_day(day)) &&
           line_.hours().test(static_cast<std::size_t>(time.hours().count())) &&
           line_.minutes().test(static_cast<std::size_t>(time.minutes().count()));
  }
  bool was_shown_before(sys_seconds minute, local_seconds shown) const {
    for (minutes back(1); back <= hours(2); back += minutes(1)) {
      if (zone_.wall_time(minute - back) == shown) return true;
    }
    return false;
  }

  CronLine line_;
  TimeZone zone_;
};

std::string random_field(std::mt19937& random, int least, int most) {
  const auto any = [&](int low, int high) {
    return std::uniform_int_distribution<int>(low, high)(random);
  };
  switch (any(0, 4)) {
    case 0:
      return "*";
    case 1:
      return "*/" + std::to_string(any(1, most - least));
    case 2: {
      const int first = any(least, most);
      return std::to_string(first) + "-" + std::to_string(any(first, most));
    }
    default:
      return std::to_string(any(least, most)) + "," + std::to_string(any(least, most));
  }
}

std::string random_line(std::mt19937& random) {
  return random_field(random, 0, 59) + " " + random_field(random, 0, 23) + " " +
         random_field(random, 1, 28) + " * " + random_field(random, 0, 6);
}

}  // namespace

TEST_CASE("times come one after the other, across days, months and leap years") {
  CHECK(next_times({"0 2 * * 1-5"}, "UTC", "2026-11-20T02:00:00Z", 2) ==
        Times{"2026-11-23T02:00:00Z", "2026-11-24T02:00:00Z"});
  CHECK(next_times({"*/30 * * * *"}, "UTC", "2026-12-31T23:15:00.5Z", 3) ==
        Times{"2026-12-31T23:30:00Z", "2027-01-01T00:00:00Z", "2027-01-01T00:30:00Z"});
  CHECK(next_times({"0 0 29 2 *"}, "UTC", "2026-11-20T00:00:00Z", 2) ==
        Times{"2028-02-29T00:00:00Z", "2032-02-29T00:00:00Z"});
  CHECK(next_times({"0 0 31 * *"}, "UTC", "2026-11-20T00:00:00Z", 2) ==
        Times{"2026-12-31T00:00:00Z", "2027-01-31T00:00:00Z"});
  CHECK(next_times({"0 0 13 * FRI"}, "UTC", "2026-11-12T00:00:00Z", 4) ==
        Times{"2026-11-13T00:00:00Z",
              "2026-11-20T00:00:00Z",
              "2026-11-27T00:00:00Z",
              "2026-12-04T00:00:00Z"});
}

TEST_CASE("a time that is now has come already") {
  CHECK(next_times({"0 2 * * *"}, "UTC", "2026-11-20T02:00:00Z", 1) ==
        Times{"2026-11-21T02:00:00Z"});
  CHECK(next_times({"0 2 * * *"}, "UTC", "2026-11-20T01:59:59.999999Z", 1) ==
        Times{"2026-11-20T02:00:00Z"});
}

TEST_CASE("several lines are one series, and their common times come once") {
  CHECK(next_times({"0 */12 * * *", "30 6 * * *", "0 0 * * *"}, "UTC", "2026-11-20T00:00:00Z", 3) ==
        Times{"2026-11-20T06:30:00Z", "2026-11-20T12:00:00Z", "2026-11-21T00:00:00Z"});
}

TEST_CASE("a time that the clock jumps over comes right after the jump, once") {
  CHECK(next_times({"*/20 2 * * *"}, "Europe/Berlin", "2026-03-28T12:00:00Z", 2) ==
        Times{"2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z"});
  CHECK(next_times({"30 * * * *"}, "Europe/Berlin", "2026-03-29T00:00:00Z", 2) ==
        Times{"2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z"});
  // A clock that jumps at midnight: the day begins at one.
  CHECK(next_times({"0 0 * * *"}, "Africa/Cairo", "2026-04-23T12:00:00Z", 2) ==
        Times{"2026-04-23T22:00:00Z", "2026-04-24T21:00:00Z"});
  // A day that Samoa left out.
  CHECK(next_times({"0 2 30 12 *"}, "Pacific/Apia", "2011-12-29T12:00:00Z", 1) ==
        Times{"2011-12-30T10:00:00Z"});
}

TEST_CASE("a time that the clock shows twice comes once, but twice for a line of every hour") {
  CHECK(next_times({"30 2 * * *"}, "Europe/Berlin", "2026-10-24T12:00:00Z", 2) ==
        Times{"2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"});
  CHECK(next_times({"30 * * * *"}, "Europe/Berlin", "2026-10-25T00:00:00Z", 3) ==
        Times{"2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z"});
  // Lord Howe Island puts its clocks back by half an hour.
  CHECK(next_times({"45 * * * *"}, "Australia/Lord_Howe", "2026-04-04T14:00:00Z", 3) ==
        Times{"2026-04-04T14:45:00Z", "2026-04-04T15:15:00Z", "2026-04-04T16:15:00Z"});
}

TEST_CASE("random lines come when a walk through all minutes says so") {
  std::mt19937 random(20261123);
  const std::vector<std::pair<std::string, std::string>> places{
      {"Europe/Berlin", "2026-03-28T00:00:00Z"},
      {"Europe/Berlin", "2026-10-24T00:00:00Z"},
      {"America/New_York", "2026-11-01T00:00:00Z"},
      {"Australia/Lord_Howe", "2026-04-03T12:00:00Z"},
      {"Africa/Cairo", "2026-04-23T00:00:00Z"},
      {"Asia/Kathmandu", "2026-02-27T00:00:00Z"},
  };
  for (int round = 0; round < 60; ++round) {
    const auto& [place, start] = places[static_cast<std::size_t>(round) % places.size()];
    const std::string text = random_line(random);
    CAPTURE(text);
    CAPTURE(place);
    const std::vector<CronLine> lines = parsed({text});
    const MinuteWalk walk(lines.front(), zone(place));
    const sys_seconds begin = floor<seconds>(*parse_rfc3339(start));
    Occurrences occurrences(lines, zone(place), begin);
    auto next = occurrences.next();
    for (sys_seconds minute = begin + minutes(1); minute < begin + days(3); minute += minutes(1)) {
      const bool comes = next && *next == minute;
      if (walk.comes_at(minute) != comes) FAIL(format_rfc3339_seconds(minute));
      if (comes) next = occurrences.next();
    }
    CHECK((!next || *next >= begin + days(3)));
  }
}

TEST_CASE("the latest time is found near and far") {
  const auto latest = [](const std::string& text, const char* after, const char* until) {
    const std::vector<CronLine> lines = parsed({text});
    const auto time =
        latest_occurrence(lines, zone("UTC"), *parse_rfc3339(after), *parse_rfc3339(until));
    return time ? format_rfc3339_seconds(*time) : "never";
  };
  CHECK(latest("* * * * *", "2001-01-01T00:00:00Z", "2026-11-20T12:00:30Z") ==
        "2026-11-20T12:00:00Z");
  CHECK(latest("0 0 29 2 *", "2001-01-01T00:00:00Z", "2026-11-20T12:00:00Z") ==
        "2024-02-29T00:00:00Z");
  CHECK(latest("0 0 29 2 *", "2024-02-29T00:00:00Z", "2026-11-20T12:00:00Z") == "never");
  CHECK(latest("0 12 * * *", "2026-11-20T11:00:00Z", "2026-11-20T12:00:00Z") ==
        "2026-11-20T12:00:00Z");
}
