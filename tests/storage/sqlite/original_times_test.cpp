#include "storage/sqlite/original_times.hpp"

#include <doctest/doctest.h>

using namespace goflow;

TEST_CASE("times in every form of the original are understood") {
  const auto read = [](const char* text) {
    const auto time = storage::parse_original_time(text);
    return time ? core::format_rfc3339(*time) : "none";
  };
  CHECK(read("2025-11-05 12:34:56.789 +0000 UTC") == "2025-11-05T12:34:56.789000Z");
  CHECK(read("2025-11-05 12:34:56.123456789 +0000 UTC m=+0.012345678") ==
        "2025-11-05T12:34:56.123456Z");
  CHECK(read("2025-11-05 12:34:56 +0100 CET") == "2025-11-05T11:34:56.000000Z");
  CHECK(read("2025-11-05 12:34:56 -0330 -0330 m=-1.5") == "2025-11-05T16:04:56.000000Z");
  CHECK(read("2025-11-05 12:34:56") == "2025-11-05T12:34:56.000000Z");
  CHECK(read("2025-11-05 12:34:56.5") == "2025-11-05T12:34:56.500000Z");
  CHECK(read("2025-11-05T12:34:56Z") == "2025-11-05T12:34:56.000000Z");
  CHECK(read("2025-11-05T12:34:56.1+02:00") == "2025-11-05T10:34:56.100000Z");
}

TEST_CASE("what is no time is none") {
  for (const char* text : {"",
                           "yesterday",
                           "2025-11-05",
                           "2025-13-05 12:34:56",
                           "12:34:56",
                           "2025-11-05 12:34:56 UTC",
                           "2025-11-05 12:34:56 +01",
                           "2025-11-05  +0000 UTC"}) {
    CAPTURE(text);
    CHECK_FALSE(storage::parse_original_time(text).has_value());
  }
}
