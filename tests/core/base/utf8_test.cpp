#include "core/base/utf8.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace goflow::core;

TEST_CASE("characters of every length are text") {
  CHECK_FALSE(utf8::first_invalid("").has_value());
  CHECK_FALSE(utf8::first_invalid("a\u00e9\u20ac\U0001F600\U0010FFFF").has_value());
  CHECK_FALSE(utf8::first_invalid(std::string("a\0b", 3)).has_value());
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
    CHECK(utf8::first_invalid("ok " + bytes) == 3);
  }
}

TEST_CASE("bytes that are no text are replaced, the rest stays") {
  CHECK(utf8::valid("caf\u00e9") == "caf\u00e9");
  CHECK(utf8::valid("a\xFF\xFEz") == "a\uFFFD\uFFFDz");
  CHECK(utf8::valid("cut \xE2\x82") == "cut \uFFFD\uFFFD");
  CHECK(utf8::valid("\xC0\x80") == "\uFFFD\uFFFD");            // too long a form
  CHECK(utf8::valid("\xED\xA0\x80") == "\uFFFD\uFFFD\uFFFD");  // half of a surrogate pair
}

TEST_CASE("a character that is not complete yet is left for the next piece") {
  CHECK(utf8::complete_length("ab") == 2);
  CHECK(utf8::complete_length("a\xe2\x82") == 1);
  CHECK(utf8::complete_length("a\xe2\x82\xac") == 4);
  CHECK(utf8::complete_length("\xf0\x9f\x9a") == 0);
  CHECK(utf8::complete_length("a\xff") == 2);              // never will be complete
  CHECK(utf8::complete_length("a\x80\x80\x80\x80") == 5);  // nor this
  CHECK(utf8::complete_length("") == 0);
}

TEST_CASE("lengths and places count characters") {
  CHECK(utf8::length("a\u00e9\u20ac\U0001F600") == 4);
  CHECK(utf8::offset("a\u00e9z", 2) == 3);
  CHECK(utf8::offset("a\u00e9z", 9) == 4);
  CHECK(utf8::first("\u20acuro") == "\u20ac");
  CHECK(utf8::first("\xE2\x82") == "\xE2");
  CHECK(utf8::first("").empty());
  CHECK(utf8::last("caf\u00e9") == "\u00e9");
}

TEST_CASE("a character is appended unless there is no such character") {
  std::string text;
  for (const char32_t code : {U'a', U'\u00e9', U'\u20ac', U'\U0001F600'}) {
    CHECK(utf8::append(text, code));
  }
  CHECK(text == "a\u00e9\u20ac\U0001F600");
  CHECK_FALSE(utf8::append(text, 0xD800));
  CHECK_FALSE(utf8::append(text, 0x110000));
}
