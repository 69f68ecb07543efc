#include "core/base/ulid.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace goflow::core;

TEST_CASE("ids sort in the order in which they were made, even within a millisecond") {
  const Timestamp now = SystemClock().now();
  std::string last = new_ulid(now);
  for (int i = 0; i < 1000; ++i) {
    const std::string next = new_ulid(now);
    REQUIRE(next.size() == 26);
    REQUIRE(last < next);
    last = next;
  }
}

TEST_CASE("an execution id has its prefix and only lower-case letters and digits") {
  const std::string id = new_execution_id(SystemClock().now());
  CHECK(id.starts_with("wex-"));
  CHECK(std::all_of(id.begin() + 4, id.end(), [](char c) {
    return std::string_view("0123456789abcdefghjkmnpqrstvwxyz").find(c) != std::string_view::npos;
  }));
}
