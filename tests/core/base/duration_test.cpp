#include "core/base/duration.hpp"

#include <doctest/doctest.h>

using namespace goflow::core;
using std::chrono::milliseconds;

TEST_CASE("durations are seconds, or units from large to small") {
  CHECK(parse_duration("30") == milliseconds{30'000});
  CHECK(parse_duration("0.5") == milliseconds{500});
  CHECK(parse_duration("500ms") == milliseconds{500});
  CHECK(parse_duration("1.5s") == milliseconds{1500});
  CHECK(parse_duration("1h30m") == milliseconds{5'400'000});
  CHECK(parse_duration("7d") == milliseconds{604'800'000});
  CHECK(parse_duration("3650d").has_value());
}

TEST_CASE("what is no duration is refused") {
  for (const char* text :
       {"", "-1s", "1 s", "s", "1x", "1m1h", "1s1s", "1h30", "5.", ".5", "3651d", "1e3"}) {
    CHECK_MESSAGE(!parse_duration(text).has_value(), text);
  }
}

TEST_CASE("durations are shown in the unit that fits") {
  CHECK(format_duration(milliseconds{312}) == "312ms");
  CHECK(format_duration(milliseconds{2345}) == "2.3s");
  CHECK(format_duration(milliseconds{90'000}) == "1.5m");
  CHECK(format_duration(milliseconds{9'000'000}) == "2.5h");
  CHECK(format_duration(milliseconds{59'990}) == "1.0m");
  CHECK(format_duration(milliseconds{90'000'000}) == "1.0d");
}

TEST_CASE("durations are spelled as they may be written again") {
  CHECK(spell_duration(milliseconds{0}) == "0s");
  CHECK(spell_duration(milliseconds{2000}) == "2s");
  CHECK(spell_duration(milliseconds{1500}) == "1s500ms");
  CHECK(spell_duration(milliseconds{90'000}) == "1m30s");
  CHECK(spell_duration(milliseconds{604'800'000}) == "7d");
  CHECK(parse_duration(spell_duration(milliseconds{93'784'005})) == milliseconds{93'784'005});
}
