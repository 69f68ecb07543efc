#include "core/base/utf8.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace goflow::core;

TEST_CASE("characters of every length are text") {
  CHECK_FALSE(first_invalid_utf8("").has_value());
  CHECK_FALSE(first_invalid_utf8("a\u00e9\u20ac\U0001F600\U0010FFFF").has_value());
  CHECK_FALSE(first_invalid_utf8(std::string("a\0b", 3)).has_value());
}

TEST_CASE("what is not UTF-8 is found where it begins") {
  const std::vector<std::string> wrong = {"\x80",
                                          "\xC0\xAF",
                                          "\xE2\x82",
                                          "\xE0\x80\x80",
                                          "\xED\xA0\x80",
                                          "\xF0\x80\x80\x80",
                                          "\xF4\x90\x80\x80",
                                          "\xFF"};
  for (const std::string& bytes : wrong) {
    CAPTURE(bytes);
    CHECK(first_invalid_utf8("ok " + bytes) == 3);
  }
}

TEST_CASE("bytes that are no text are replaced, the rest stays") {
  CHECK(valid_utf8("caf\u00e9") == "caf\u00e9");
  CHECK(valid_utf8("a\xFF\xFEz") == "a\uFFFD\uFFFDz");
  CHECK(valid_utf8("cut \xE2\x82") == "cut \uFFFD\uFFFD");
}
