#include "cli/command/text_layout.hpp"

#include <doctest/doctest.h>

using namespace goflow::cli;

TEST_CASE("text is broken between words and never within one") {
  CHECK(wrap("", 30) == "");
  CHECK(wrap("one two three four five six", 20) == "one two three four\nfive six\n");
  CHECK(wrap("averyveryveryverylongsingleword x", 20) == "averyveryveryverylongsingleword\nx\n");
  CHECK(wrap("a\n\nb", 30, 2) == "  a\n\n  b\n");
}

TEST_CASE("meanings stand under each other, behind terms that are not too long") {
  CHECK(two_columns({{"a", "first"}, {"long", "second"}}, 80) == "  a     first\n  long  second\n");
  CHECK(two_columns({{"a", "one two three four five six"}}, 25) ==
        "  a  one two three four\n     five six\n");
  CHECK(two_columns({{"a", "first"}, {std::string(40, 'x'), "second"}}, 80) ==
        "  a  first\n  " + std::string(40, 'x') + "\n     second\n");
  CHECK(two_columns({{"alone", ""}}, 80) == "  alone\n");
}
