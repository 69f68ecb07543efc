#include "core/base/suggest.hpp"

#include <doctest/doctest.h>

using namespace goflow::core;

TEST_CASE("an edit is an insertion, a deletion, a replacement or a swap") {
  CHECK(edit_distance("login", "login") == 0);
  CHECK(edit_distance("logn", "login") == 1);
  CHECK(edit_distance("lgoin", "login") == 1);
  CHECK(edit_distance("", "abc") == 3);
}

TEST_CASE("the nearest names come first, at most three, never far ones") {
  const std::vector<std::string> names{"list", "last", "lint", "lost", "delete"};
  CHECK(nearest("lst", names) == std::vector<std::string>{"list", "last", "lost"});
  CHECK(nearest("xyz", names).empty());
  CHECK(did_you_mean("lis", std::vector<std::string>{"list"}) == "did you mean 'list'?");
  CHECK(did_you_mean("zzzz", names).empty());
}
