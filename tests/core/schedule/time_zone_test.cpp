#include "core/schedule/time_zone.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace goflow::core;
using namespace std::chrono;

namespace {

TimeZone zone(const std::string& name) {
  auto found = TimeZone::find(name);
  REQUIRE_MESSAGE(found.ok(), found.error().message);
  return *found;
}

std::string hint_of(const std::string& name) {
  const auto found = TimeZone::find(name);
  REQUIRE(!found.ok());
  CHECK(found.error().code == ErrorCode::not_found);
  CHECK(found.error().message == "no time zone '" + name + "'");
  return found.error().hint;
}

}  // namespace

TEST_CASE("a wall clock jumps in spring and is put back in autumn") {
  const TimeZone berlin = zone("Europe/Berlin");
  const auto usual = berlin.moments_of(local_days(2026y / January / 1) + 2h);
  CHECK(usual.kind == WallMoments::Kind::once);
  CHECK(usual.first == sys_days(2026y / January / 1) + 1h);
  const auto skipped = berlin.moments_of(local_days(2026y / March / 29) + 2h + 30min);
  CHECK(skipped.kind == WallMoments::Kind::never);
  CHECK(skipped.first == sys_days(2026y / March / 29) + 1h);
  const auto twice = berlin.moments_of(local_days(2026y / October / 25) + 2h + 30min);
  CHECK(twice.kind == WallMoments::Kind::twice);
  CHECK(twice.first == sys_days(2026y / October / 25) + 30min);
  CHECK(twice.second == sys_days(2026y / October / 25) + 1h + 30min);
  CHECK(berlin.wall_time(sys_days(2026y / July / 1)) == local_days(2026y / July / 1) + 2h);
  CHECK(berlin.format(sys_days(2026y / July / 1)) == "Wed 2026-07-01 02:00 CEST");
}

TEST_CASE("an unknown time zone is told with the nearest that there is") {
  CHECK(hint_of("Europe/Berlni") == "did you mean 'Europe/Berlin'?");
  CHECK(hint_of("berlin") == "did you mean 'Europe/Berlin'?");
  CHECK(hint_of("europe/berlin") == "did you mean 'Europe/Berlin'?");
  CHECK(hint_of("Middle/Earth/Shire") == "name a place, as in Europe/Berlin, or UTC");
}

TEST_CASE("a time zone is no path") {
  for (const char* name : {"../../etc/passwd",
                           "/etc/localtime",
                           "file:/etc/localtime",
                           "a b",
                           "posix/Europe/Berlin",
                           "posixrules",
                           "Europe/../UTC",
                           "localtime",
                           "."}) {
    CAPTURE(name);
    CHECK_FALSE(TimeZone::find(name).ok());
  }
  CHECK(TimeZone::find("Etc/GMT+5").ok());
  CHECK(TimeZone::find("UTC").ok());
}

TEST_CASE("no name is the local zone") {
  CHECK(TimeZone::find_or_local("")->name().empty());
  CHECK(TimeZone::find_or_local("UTC")->name() == "UTC");
}
