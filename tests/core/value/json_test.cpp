#include "core/value/json.hpp"

#include "core/value/exact_json.hpp"

#include <doctest/doctest.h>

using namespace goflow::core;

namespace {

Value parsed(std::string_view text) {
  auto value = parse_json(text);
  REQUIRE_MESSAGE(value.ok(), text);
  return *value;
}

}  // namespace

TEST_CASE("JSON keeps the order of keys and the kind of numbers") {
  CHECK(to_json(parsed(R"( {"b": 1, "a": [true, null, 1.5, "x"]} )")) ==
        R"({"b":1,"a":[true,null,1.5,"x"]})");
  CHECK(parsed("5").is_integer());
  CHECK(parsed("5.0").is_float());
  CHECK(parsed("1e2").is_float());
}

TEST_CASE("of a repeated key the last one counts") {
  CHECK(to_json(parsed(R"({"a":1,"b":2,"a":3})")) == R"({"a":3,"b":2})");
}

TEST_CASE("an integer beyond 64 bits becomes a float") {
  CHECK(parsed("9223372036854775807").is_integer());
  CHECK(parsed("9223372036854775808").is_float());
}

TEST_CASE("an integer beyond 64 bits is an error where a person wrote it") {
  const auto refusal = [](const std::string& text) {
    const auto value = parse_json(text, LargeIntegers::are_errors);
    return value ? "" : value.error().message;
  };
  CHECK(refusal("[9223372036854775807, -9223372036854775808, 1e30, 99999999999999999999.5]") == "");
  CHECK(refusal("9223372036854775808") == "integer 9223372036854775808 is beyond 64 bits");
  CHECK(refusal("-9223372036854775809") == "integer -9223372036854775809 is beyond 64 bits");
  CHECK(refusal("{\"a\": [99999999999999999999]}") ==
        "integer 99999999999999999999 is beyond 64 bits");
}

TEST_CASE("a number that no float can hold is refused") {
  CHECK(parse_json("[1e999]").error().message ==
        "not JSON: unexpected '1e999' at line 1, column 6");
  CHECK_FALSE(parse_json(std::string(400, '9')).ok());
}

TEST_CASE("floats are written with the shortest digits that read back equal") {
  CHECK(to_json(99.99) == "99.99");
  CHECK(to_json(5.0) == "5");
  CHECK(to_json(5.0, FloatForm::typed) == "5.0");
  CHECK(to_json(-0.0) == "0");
  CHECK(to_json(1e6) == "1000000");
  CHECK(to_json(1.5e30) == "1.5e+30");
  CHECK(to_json(2e-7) == "2e-7");
  CHECK(to_json(1e-6) == "0.000001");
}

TEST_CASE("only quotes, backslashes and control characters are escaped") {
  CHECK(to_json("é\"\\\n\x01/<") == "\"é\\\"\\\\\\n\\u0001/<\"");
}

TEST_CASE("what is no JSON is refused with its place") {
  CHECK(parse_json("{\"a\": \n  x}").error().message ==
        "not JSON: unexpected 'x' at line 2, column 3");
  CHECK_FALSE(parse_json("").ok());
  CHECK_FALSE(parse_json("1 2").ok());
  CHECK_FALSE(parse_json("\"\xff\"").ok());
  CHECK_FALSE(parse_json(std::string(100'000, '[')).ok());
}

TEST_CASE("exact JSON loses nothing") {
  CHECK(parse_exact_json(R"({"a": [1, null], "b": {"a": "\ud83d\ude00"}})") ==
        Value(Object{{"a", Array{1, Value()}}, {"b", Object{{"a", "😀"}}}}));
  for (const char* text : {"{", "a: 1", R"({"a": 1, "b": 2, "a": 1})", "[9223372036854775808]"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_exact_json(text).has_value());
  }
}

TEST_CASE("the text form drops quotes and shows null as nothing") {
  CHECK(to_text("a") == "a");
  CHECK(to_text(Value()) == "");
  CHECK(to_text(5.0) == "5");
  CHECK(to_text(Array{1, "b"}) == R"([1,"b"])");
}

TEST_CASE("values are equal by what they are, not by how they are written") {
  CHECK(Value(5) == Value(5.0));
  CHECK_FALSE(Value(9007199254740993) == Value(9007199254740992.0));
  CHECK(parsed(R"({"a":1,"b":2})") == parsed(R"({"b":2,"a":1})"));
  CHECK_FALSE(Value("1") == Value(1));
}
