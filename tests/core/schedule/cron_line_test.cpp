#include "core/schedule/cron_line.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace goflow::core;

namespace {

/// "0,15,30,45"
template <std::size_t size>
std::string listed(const std::bitset<size>& set) {
  std::string text;
  for (std::size_t i = 0; i < size; ++i) {
    if (!set.test(i)) continue;
    text += (text.empty() ? "" : ",") + std::to_string(i);
  }
  return text;
}

CronLine line(const std::string& text) {
  auto parsed = CronLine::parse(text);
  REQUIRE_MESSAGE(parsed.ok(), text << ": " << parsed.error().message);
  return *parsed;
}

std::string minutes_of(const std::string& field) {
  return listed(line(field + " * * * *").minutes());
}

std::string weekdays_of(const std::string& field) {
  return listed(line("* * * * " + field).weekdays());
}

std::string fault_of(const std::string& text) {
  const auto parsed = CronLine::parse(text);
  REQUIRE_MESSAGE(!parsed.ok(), text);
  CHECK(parsed.error().code == ErrorCode::invalid_argument);
  CHECK_FALSE(parsed.error().hint.empty());
  return parsed.error().message;
}

std::string hint_of(const std::string& text) {
  const auto parsed = CronLine::parse(text);
  REQUIRE(!parsed.ok());
  return parsed.error().hint;
}

}  // namespace

TEST_CASE("a field of a cron line is numbers, ranges, steps and lists of them") {
  CHECK(minutes_of("7") == "7");
  CHECK(minutes_of("007") == "7");
  CHECK(minutes_of("1-4") == "1,2,3,4");
  CHECK(minutes_of("*/15") == "0,15,30,45");
  CHECK(minutes_of("10-30/10") == "10,20,30");
  CHECK(minutes_of("50/4") == "50,54,58");
  CHECK(minutes_of("5,1-2,*/30") == "0,1,2,5,30");
  CHECK(line("* * * * *").minutes().all());
  CHECK(line("* * * * *").has_every_hour());
  CHECK(line("* */1 * * *").has_every_hour());
  CHECK_FALSE(line("* 0-22 * * *").has_every_hour());
}

TEST_CASE("months and weekdays have names, and Sunday two numbers") {
  CHECK(listed(line("0 0 1 jan,Jul-SEP *").months()) == "1,7,8,9");
  CHECK(weekdays_of("MON-FRI") == "1,2,3,4,5");
  CHECK(weekdays_of("7") == "0");
  CHECK(weekdays_of("0,7") == "0");
  CHECK(weekdays_of("5-7") == "0,5,6");
  CHECK(weekdays_of("sat-sun") == "0,6");
  CHECK(weekdays_of("*") == "0,1,2,3,4,5,6");
  CHECK(weekdays_of("*/2") == "0,2,4,6");
}

TEST_CASE("short forms stand for five fields, and blanks do not matter") {
  CHECK(listed(line("@hourly").minutes()) == "0");
  CHECK(listed(line("@Daily").hours()) == "0");
  CHECK(listed(line("@midnight").hours()) == "0");
  CHECK(listed(line("@weekly").weekdays()) == "0");
  CHECK(listed(line("@monthly").days()) == "1");
  CHECK(listed(line("@yearly").months()) == "1");
  CHECK(listed(line("@annually").months()) == "1");
  CHECK(line("  0\t2 *  * * ").text() == "0 2 * * *");
  CHECK(line("@daily").text() == "@daily");
}

TEST_CASE("day of month and day of week are either-or when both are chosen") {
  using namespace std::chrono;
  const CronLine either = line("0 0 13 * FRI");
  CHECK(either.either_day_will_do());
  CHECK(either.has_day(2026y / November / 13));  // both
  CHECK(either.has_day(2026y / November / 20));  // a Friday
  CHECK(either.has_day(2026y / December / 13));  // a 13th
  CHECK_FALSE(either.has_day(2026y / November / 19));
  const CronLine both = line("0 0 */2 * FRI");
  CHECK_FALSE(both.either_day_will_do());
  CHECK(both.has_day(2026y / November / 13));
  CHECK_FALSE(both.has_day(2026y / November / 20));
}

TEST_CASE("what is wrong with a cron line is told with the field") {
  CHECK(fault_of("60 * * * *") == "the minute cannot be '60', it is out of range");
  CHECK(fault_of("* 24 * * *") == "the hour cannot be '24', it is out of range");
  CHECK(fault_of("* * 0 * *") == "the day of month cannot be '0', it is out of range");
  CHECK(fault_of("* * * 13 *") == "the month cannot be '13', it is out of range");
  CHECK(fault_of("* * * * 8") == "the day of week cannot be '8', it is out of range");
  CHECK(fault_of("* * * foo *") == "the month cannot be 'foo'");
  CHECK(fault_of("MON * * * *") == "the minute cannot be 'MON'");
  CHECK(fault_of("-1 * * * *") == "the minute cannot be ''");
  CHECK(fault_of("99999999999999999999 * * * *") == "the minute cannot be '99999999999999999999'");
  CHECK(fault_of("1,,2 * * * *") == "the minute has nothing between its commas");
  CHECK(fault_of("*/0 * * * *") == "the minute cannot have the step '0', it must be from 1 to 59");
  CHECK(fault_of("*/60 * * * *") ==
        "the minute cannot have the step '60', it must be from 1 to 59");
  CHECK(fault_of("*/x * * * *") == "the minute cannot have the step 'x', it must be from 1 to 59");
  CHECK(fault_of("0 22-2 * * *") == "the hour range '22-2' runs backwards");
  CHECK(hint_of("0 22-2 * * *") == "write two ranges: 22-23,0-2");
  CHECK(hint_of("0 25 * * *") == "hour: 0 to 23, or * for each; lists 1,2, ranges 1-5, steps */2");
}

TEST_CASE("a line with more or fewer than five fields says which five there are") {
  CHECK(fault_of("") == "'' has 0 fields, a cron line has five");
  CHECK(fault_of("5") == "'5' has 1 field, a cron line has five");
  CHECK(fault_of("0 2 * *") == "'0 2 * *' has 4 fields, a cron line has five");
  CHECK(hint_of("0 0 2 * * *") ==
        "minute, hour, day of month, month, day of week; there are no seconds");
  CHECK(fault_of("@reboot") == "there is no '@reboot' for a schedule");
  CHECK(hint_of("@dayly") == "did you mean '@daily'?");
  CHECK(fault_of("CRON_TZ=UTC 0 2 * * *") == "a cron line cannot set 'CRON_TZ=UTC'");
}

TEST_CASE("a line that never comes is refused") {
  CHECK(fault_of("0 0 30 2 *") == "'0 0 30 2 *' never comes: none of its months has such a day");
  CHECK(fault_of("0 0 31 4,6,9,11 *") ==
        "'0 0 31 4,6,9,11 *' never comes: none of its months has such a day");
  CHECK(CronLine::parse("0 0 29 2 *").ok());
  CHECK(CronLine::parse("0 0 30 2 MON").ok());  // every Monday of February
}
