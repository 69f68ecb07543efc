#include "tests/core/expression/language.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <string>

using namespace goflow::core;

namespace {

/// The time zone of the process, for one test.
class LocalZone {
 public:
  explicit LocalZone(const char* zone) {
    setenv("TZ", zone, 1);
    tzset();
  }
  LocalZone(const LocalZone&) = delete;
  LocalZone& operator=(const LocalZone&) = delete;
  ~LocalZone() {
    unsetenv("TZ");
    tzset();
  }
};

}  // namespace

TEST_CASE("a time is read from all its forms") {
  check({{"date('2026-03-01T09:30:00Z')", R"("2026-03-01T09:30:00Z")"},
         {"date('2026-03-01T09:30:00.120+02:00')", R"("2026-03-01T09:30:00.12+02:00")"},
         {"date('2026-03-01t09:30:00.123456789z')", R"("2026-03-01T09:30:00.123456789Z")"},
         {"date('2026-03-01')", R"("2026-03-01T00:00:00Z")"},
         {"date('2026-03-01 09:30:00')", R"("2026-03-01T09:30:00Z")"},
         {"date(0)", R"("1970-01-01T00:00:00Z")"},
         {"date(-0.5)", R"("1969-12-31T23:59:59.5Z")"},
         {"date(1772357400.25)", R"("2026-03-01T09:30:00.25Z")"},
         {"date(0.9999999)", R"("1970-01-01T00:00:01Z")"},
         {"date('2024-02-29')", R"("2024-02-29T00:00:00Z")"},
         {"date('2016-12-31T23:59:60Z')", R"("2017-01-01T00:00:00Z")"},
         {"date('0000-01-01')", R"("0000-01-01T00:00:00Z")"},
         {"date('9999-12-31T23:59:59Z')", R"("9999-12-31T23:59:59Z")"}});
}

TEST_CASE("a zone tells where a time without one is") {
  check({{"date('2026-03-01 09:30:00', '', '+02:00')", R"("2026-03-01T09:30:00+02:00")"},
         {"date('2026-03-01T09:30:00Z', '', '+02:00')", R"("2026-03-01T09:30:00Z")"},
         {"date(0, '', '-05:30')", R"("1969-12-31T18:30:00-05:30")"},
         {"date('01.03.2026', '02.01.2006', '+01:00')", R"("2026-03-01T00:00:00+01:00")"},
         {"timestamp('1970-01-01T02:00:00+02:00')", "0"},
         {"formatDate('2024-12-01T10:30:45Z', '15:04 -07:00', '+02:00')", R"("12:30 +02:00")"},
         {"formatDate('2024-12-01T10:30:45+02:00', '15:04')", R"("10:30")"},
         {"formatDate('2024-12-01T10:30:45+02:00', '15:04', 'UTC')", R"("08:30")"},
         {"formatDate('2024-12-31T23:30:00Z', '2006-01-02', '+01:00')", R"("2025-01-01")"}});
  const LocalZone berlin("CET-1CEST,M3.5.0,M10.5.0/3");
  check({{"date('2026-07-01 12:00:00', '', 'local')", R"("2026-07-01T12:00:00+02:00")"},
         {"date('2026-01-01 12:00:00', '', 'local')", R"("2026-01-01T12:00:00+01:00")"},
         {"date('2026-10-25 03:30:00', '', 'local')", R"("2026-10-25T03:30:00+01:00")"},
         {"formatDate('2026-07-01T12:00:00Z', '%H:%M %z', 'local')", R"("14:00 +0200")"}});
}

TEST_CASE("what is not a time is refused") {
  check({{"date('2026-13-01')", "bad_argument: string \"2026-13-01\" is not a time"},
         {"date('2026-02-29')", "bad_argument: string \"2026-02-29\" is not a time"},
         {"date('2026-03-01T24:00:00Z')",
          "bad_argument: string \"2026-03-01T24:00:00Z\" is not a time"},
         {"date('2026-03-01T09:30Z')", "bad_argument: string \"2026-03-01T09:30Z\" is not a time"},
         {"date('2026-03-01 ')", "bad_argument: string \"2026-03-01 \" is not a time"},
         {"date('2026-03-01T09:30:00.Z')",
          "bad_argument: string \"2026-03-01T09:30:00.Z\" is not a time"},
         {"date('2026-03-01T09:30:00+2:00')",
          "bad_argument: string \"2026-03-01T09:30:00+2:00\" is not a time"},
         {"date('soon')", "bad_argument: string \"soon\" is not a time"},
         {"date('')", "bad_argument: string \"\" is not a time"},
         {"date(253402300800)", "bad_argument: int 253402300800 is not a time"},
         {"date(9223372036854775807)", "bad_argument: int 9223372036854775807 is not a time"},
         {"date(-9223372036854775808)", "bad_argument: int -9223372036854775808 is not a time"},
         {"date(1e300)", "bad_argument: float 1e+300 is not a time"},
         {"date('0000-01-01T00:00:00+01:00')", R"("0000-01-01T00:00:00+01:00")"},
         {"formatDate('0000-01-01T00:00:00+01:00', '2006', 'UTC')",
          "bad_argument: string \"0000-01-01T00:00:00+01:00\" is not a time"},
         {"date(true)",
          "type_mismatch: 'date' needs a number or text as argument 1, got boolean "
          "true"},
         {"date(0, '', 'Mars')", "bad_argument: string \"Mars\" is not a zone"},
         {"date(0, '', '+25:00')", "bad_argument: string \"+25:00\" is not a zone"},
         {"timestamp('now')", "bad_argument: string \"now\" is not a time"},
         {"formatDate('now', '2006')", "bad_argument: string \"now\" is not a time"},
         {"formatDate(0, '15:04', 'x')", "bad_argument: string \"x\" is not a zone"}});
}

TEST_CASE("Unix seconds") {
  check({{"timestamp('1970-01-02')", "86400"},
         {"timestamp('2026-03-01T09:30:00.25Z')", "1772357400.25"},
         {"timestamp(12)", "12"},
         {"timestamp(12.5)", "12.5"},
         {"timestamp('1969-12-31')", "-86400"},
         {"int(timestamp(now()) - timestamp('2026-03-01'))", "34200"}});
}

TEST_CASE("now and durations") {
  check(
      {{"now()", R"("2026-03-01T09:30:00.123Z")"},
       {"duration('1h30m')", "5400"},
       {"duration('1.5s')", "1.5"},
       {"duration('soon')",
        "bad_argument: 'soon' is not a duration: write seconds, or numbers with the units d h m s "
        "ms, largest first: 30, 1.5s, 1h30m; at most 3650d"}});
}

TEST_CASE("the time stands still within one evaluation") {
  check({{"now() == now()", "true"}, {"len(uniq(map(1..3, now())))", "1"}});
}

TEST_CASE("a layout of Go") {
  const ScriptedEnvironment environment =
      ScriptedEnvironment().with("t", R"("2024-03-05T16:07:09.0123-07:00")");
  check({{"formatDate(t, '2006-01-02T15:04:05Z07:00')", R"("2024-03-05T16:07:09-07:00")"},
         {"formatDate(t, 'Monday, 2 January 2006')", R"("Tuesday, 5 March 2024")"},
         {"formatDate(t, 'Mon Jan _2 06')", R"("Tue Mar  5 24")"},
         {"formatDate(t, '1/2/2006 3:4:5 PM pm')", R"("3/5/2024 4:7:9 PM pm")"},
         {"formatDate(t, '03:04:05.000')", R"("04:07:09.012")"},
         {"formatDate(t, '05.000000 05.000000000 05.999')", R"("09.012300 09.012300000 09.0123")"},
         {"formatDate(0, '05.999 MST Z0700 Z07:00')", R"("00 UTC Z Z")"},
         {"formatDate(t, '002 -0700 Z0700 MST')", R"("065 -0700 -0700 -0700")"},
         {"formatDate(t, 'q_2006é')", R"("q_2024é")"},
         {"formatDate('2024-01-01T00:00:00Z', '3PM')", R"("12AM")"},
         {"formatDate('2024-01-01T12:00:00Z', '03 PM')", R"("12 PM")"},
         {"formatDate(t, 'never')", "bad_argument: the layout has no element such as %Y or 2006"},
         {"formatDate(t, '')", "bad_argument: the layout has no element such as %Y or 2006"}},
        environment);
}

TEST_CASE("a layout of strftime") {
  const ScriptedEnvironment environment =
      ScriptedEnvironment().with("t", R"("2024-03-05T16:07:09.0123+05:30")");
  check({{"formatDate(t, '%Y %y %m %d %e %j')", R"("2024 24 03 05  5 065")"},
         {"formatDate(t, '%H %I %M %S %L %p')", R"("16 04 07 09 012 PM")"},
         {"formatDate(t, '%A %a %B %b')", R"("Tuesday Tue March Mar")"},
         {"formatDate(t, '%F %T')", R"("2024-03-05 16:07:09")"},
         {"formatDate(t, '%z %:z %Z')", R"("+0530 +05:30 +0530")"},
         {"formatDate(0, '%z %Z')", R"("+0000 UTC")"},
         {"formatDate(t, '%s %u 100%%')", R"("1709635029 2 100%")"},
         {"formatDate('2021-01-03', '%G-W%V-%u')", R"("2020-W53-7")"},
         {"formatDate('2024-12-30', '%G-W%V-%u')", R"("2025-W01-1")"},
         {"formatDate('2023-01-01', '%G %V')", R"("2022 52")"},
         {"formatDate(t, '%q')", "bad_argument: the layout has no element '%q'"},
         {"formatDate(t, '%Y %')", "bad_argument: the layout has no element '%'"},
         {"formatDate(t, '%%')", "bad_argument: the layout has no element such as %Y or 2006"}},
        environment);
}

TEST_CASE("a time is read by a layout") {
  check({{"date('01.03.2026', '02.01.2006')", R"("2026-03-01T00:00:00Z")"},
         {"date('5/3/26 4:07 pm', '2/1/06 3:04 PM')", R"("2026-03-05T16:07:00Z")"},
         {"date('12 AM', '03 PM')", R"("0000-01-01T00:00:00Z")"},
         {"date('12 PM', '03 PM')", R"("0000-01-01T12:00:00Z")"},
         {"date('Sunday, 1 march 2026', 'Monday, 2 January 2006')", R"("2026-03-01T00:00:00Z")"},
         {"date('Sun Mar  1 2026', 'Mon Jan _2 2006')", R"("2026-03-01T00:00:00Z")"},
         {"date('2026-03-01T09:30:00.5+02:00', '2006-01-02T15:04:05.999Z07:00')",
          R"("2026-03-01T09:30:00.5+02:00")"},
         {"date('2026-03-01T09:30:00Z', '2006-01-02T15:04:05.999Z07:00')",
          R"("2026-03-01T09:30:00Z")"},
         {"date('09:30:00.120', '15:04:05.000')", R"("0000-01-01T09:30:00.12Z")"},
         {"date('2026 060', '2006 002')", R"("2026-03-01T00:00:00Z")"},
         {"date('69 68', '06 06')", R"("2068-01-01T00:00:00Z")"},
         {"date('69', '%y')", R"("1969-01-01T00:00:00Z")"},
         {"date('2026-03-01 10:00:00 +0200', '%F %T %z')", R"("2026-03-01T10:00:00+02:00")"},
         {"date('10:00 GMT', '15:04 MST')", R"("0000-01-01T10:00:00Z")"},
         {"date('1709635029', '%s')", R"("2024-03-05T10:37:09Z")"},
         {"date('1709635029', '%s', '+01:00')", R"("2024-03-05T11:37:09+01:00")"},
         {"date('Mar 5 16:07:09.012', '%b %e %H:%M:%S.%L')", R"("0000-03-05T16:07:09.012Z")"}});
  check({{"date('1.03.2026', '02.01.2006')",
          "bad_argument: string \"1.03.2026\" is not a time as in the layout string "
          "\"02.01.2006\""},
         {"date('2026-02-30', '2006-01-02')",
          "bad_argument: string \"2026-02-30\" is not a time as in the layout string "
          "\"2006-01-02\""},
         {"date('2026-03-01x', '2006-01-02')",
          "bad_argument: string \"2026-03-01x\" is not a time as in the layout string "
          "\"2006-01-02\""},
         {"date('13 PM', '03 PM')",
          "bad_argument: string \"13 PM\" is not a time as in the layout string \"03 PM\""},
         {"date('2025 366', '2006 002')",
          "bad_argument: string \"2025 366\" is not a time as in the layout string \"2006 002\""},
         {"date('10:00 CET', '15:04 MST')",
          "bad_argument: string \"10:00 CET\" is not a time as in the layout string \"15:04 MST\""},
         {"date('99999999999999999999', '%s')",
          "bad_argument: string \"99999999999999999999\" is not a time as in the layout string "
          "\"%s\""},
         {"date('2026', '%G')", "bad_argument: '%G' can only be written, not read"},
         {"date(5, '2006')", "bad_argument: int 5 is not a time"},
         {"date('x', 'y')", "bad_argument: the layout has no element such as %Y or 2006"}});
}
