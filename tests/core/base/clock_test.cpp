#include "core/base/clock.hpp"

#include <doctest/doctest.h>

using namespace goflow::core;

TEST_CASE("a time is written in UTC with six decimals and read back") {
  const auto time = parse_rfc3339("2026-01-19T11:12:44.001234+02:00");
  REQUIRE(time.has_value());
  CHECK(format_rfc3339(*time) == "2026-01-19T09:12:44.001234Z");
  CHECK(parse_rfc3339(format_rfc3339(*time)) == time);
}

TEST_CASE("what is no RFC 3339 time is refused") {
  for (const char* text : {"",
                           "2026-01-19",
                           "2026-13-01T00:00:00Z",
                           "2026-02-30T00:00:00Z",
                           "2026-01-19T24:00:00Z",
                           "2026-01-19T09:12:44",
                           "2026-01-19T09:12:44.Z",
                           "2026-01-19T09:12:44Zx"}) {
    CHECK_MESSAGE(!parse_rfc3339(text).has_value(), text);
  }
}
