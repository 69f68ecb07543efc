#include "core/base/uuid.hpp"

#include <doctest/doctest.h>

#include <regex>
#include <set>
#include <string>

using namespace goflow::core;

TEST_CASE("a UUID looks like a random one, whatever its seed") {
  const std::regex version_4("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  std::set<std::string> all;
  for (int i = 0; i < 1000; ++i) {
    const std::string uuid = uuid_of(std::to_string(i));
    CHECK_MESSAGE(std::regex_match(uuid, version_4), uuid);
    all.insert(uuid);
  }
  CHECK(all.size() == 1000);
}

TEST_CASE("the same seed gives the same UUID") {
  CHECK(uuid_of("wex-1\nfetch") == uuid_of("wex-1\nfetch"));
  CHECK(uuid_of("") == "e3b0c442-98fc-4c14-9afb-f4c8996fb924");
}
