#include "cli/io/times.hpp"

#include <doctest/doctest.h>

using namespace goflow;
using namespace goflow::cli;
using namespace std::chrono_literals;

namespace {

const core::Timestamp now = *core::parse_rfc3339("2026-11-20T12:00:00.5Z");

std::string ago(std::chrono::microseconds age) {
  return relative_time(now - age, now);
}

}  // namespace

TEST_CASE("the past is told in the unit that fits") {
  CHECK(ago(0s) == "just now");
  CHECK(ago(59s) == "just now");
  CHECK(ago(60s) == "1 minute ago");
  CHECK(ago(4min) == "4 minutes ago");
  CHECK(ago(60min) == "1 hour ago");
  CHECK(ago(23h + 59min) == "23 hours ago");
  CHECK(ago(24h) == "yesterday");
  CHECK(ago(49h) == "2 days ago");
  CHECK(ago(24h * 7) == "last week");
  CHECK(ago(24h * 21) == "3 weeks ago");
  CHECK(ago(24h * 31) == "last month");
  CHECK(ago(24h * 100) == "3 months ago");
  CHECK(ago(24h * 400) == "last year");
  CHECK(ago(24h * 800) == "2 years ago");
}

TEST_CASE("and so is the future") {
  CHECK(ago(-10s) == "in a moment");
  CHECK(ago(-5min) == "in 5 minutes");
  CHECK(ago(-24h) == "tomorrow");
  CHECK(ago(-24h * 6) == "in 6 days");
  CHECK(ago(-24h * 9) == "next week");
}

TEST_CASE("a day and a time name the year only when it is another one") {
  CHECK(day_and_time(*core::parse_rfc3339("2026-11-20T02:00:04.9Z"), now) == "20 Nov 02:00:04 UTC");
  CHECK(day_and_time(*core::parse_rfc3339("2025-01-02T23:59:59Z"), now) ==
        "2 Jan 2025 23:59:59 UTC");
}

TEST_CASE("programs get whole seconds of RFC 3339, and durations in seconds") {
  CHECK(core::format_rfc3339_seconds(now) == "2026-11-20T12:00:00Z");
  CHECK(plain_seconds(1389ms) == "1.389");
  CHECK(plain_seconds(0ms) == "0.000");
}

TEST_CASE("sizes have one decimal from megabytes on") {
  CHECK(format_size(0) == "0 B");
  CHECK(format_size(999) == "999 B");
  CHECK(format_size(12'000) == "12 kB");
  CHECK(format_size(999'600) == "1.0 MB");
  CHECK(format_size(4'000'000) == "4.0 MB");
  CHECK(format_size(48'100'000) == "48.1 MB");
  CHECK(format_size(999'960'000) == "1.0 GB");
  CHECK(format_size(41'000'000'000) == "41.0 GB");
}
