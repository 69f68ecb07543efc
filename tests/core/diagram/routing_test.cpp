#include "core/diagram/routing.hpp"

#include <doctest/doctest.h>

using namespace goflow::core;

TEST_CASE("what lies below its only source is reached straight") {
  const GapRouting routing = route({{4, 4}, {20, 20}});
  REQUIRE(routing.nets.size() == 2);
  CHECK(routing.tracks == 0);
  CHECK_FALSE(routing.nets[0].track);
}

TEST_CASE("a fan-out and a join are one net each") {
  const GapRouting fan = route({{10, 4}, {10, 16}});
  REQUIRE(fan.nets.size() == 1);
  CHECK(fan.nets[0].to == std::vector<int>{4, 16});
  CHECK(fan.tracks == 1);
  const GapRouting join = route({{4, 10}, {16, 10}});
  REQUIRE(join.nets.size() == 1);
  CHECK(join.nets[0].from == std::vector<int>{4, 16});
}

TEST_CASE("sources that share only some targets have lines of their own") {
  const GapRouting routing = route({{4, 4}, {4, 16}, {16, 16}, {16, 28}});
  REQUIRE(routing.nets.size() == 2);
  CHECK(routing.nets[0].track != routing.nets[1].track);
}

TEST_CASE("lines far from each other run at the same height") {
  const GapRouting routing = route({{4, 0}, {4, 8}, {30, 26}, {30, 34}});
  CHECK(routing.tracks == 1);
}

TEST_CASE("a line turns off before another comes down in its column") {
  // Both at column 10: one begins there and goes to 20, the other ends there.
  const GapRouting routing = route({{10, 20}, {0, 10}, {0, 4}});
  REQUIRE(routing.nets.size() == 2);
  const GapNet& ends = routing.nets[0];
  const GapNet& begins = routing.nets[1];
  REQUIRE(ends.track);
  REQUIRE(begins.track);
  CHECK(*begins.track < *ends.track);
}

TEST_CASE("where two lines would wait for each other, one ends beside its column") {
  const std::vector<GapLink> links{{10, 20, 2}, {10, 30, 2}, {20, 10, 2}, {20, 0, 2}};
  const GapRouting routing = route(links);
  REQUIRE(routing.shifted.size() == 1);
  const auto [column, place] = *routing.shifted.begin();
  CHECK((column == 10 || column == 20));
  CHECK(place == column + 2);
}
