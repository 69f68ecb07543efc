#include "engine/mcp/tool_arguments.hpp"

#include "core/value/json.hpp"
#include "tests/support/parsed_json.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace goflow;
using test::parsed;

namespace {

/// As JSON, both ways.
std::string fitted(const std::string& schema, const std::string& value) {
  return core::to_json(engine::fitted_to(parsed(schema), parsed(value)));
}

std::string schema_of(const std::string& type) {
  return R"({"type": ")" + type + "\"}";
}

}  // namespace

TEST_CASE("where a text is wanted, everything but null becomes its text form") {
  CHECK(fitted(schema_of("string"), "5") == R"("5")");
  CHECK(fitted(schema_of("string"), "2.50") == R"("2.5")");
  CHECK(fitted(schema_of("string"), "true") == R"("true")");
  CHECK(fitted(schema_of("string"), R"({"a": [1]})") == R"("{\"a\":[1]}")");
  CHECK(fitted(schema_of("string"), "[1, 2]") == R"("[1,2]")");
  CHECK(fitted(schema_of("string"), R"("5")") == R"("5")");
  CHECK(fitted(schema_of("string"), "null") == "null");
}

TEST_CASE("where a number or a boolean is wanted, a text that is exactly one becomes it") {
  CHECK(fitted(schema_of("number"), R"("2.5")") == "2.5");
  CHECK(fitted(schema_of("number"), R"("7")") == "7");
  CHECK(fitted(schema_of("integer"), R"("7")") == "7");
  CHECK(fitted(schema_of("integer"), R"("-7")") == "-7");
  CHECK(fitted(schema_of("boolean"), R"("true")") == "true");
}

TEST_CASE("a text that is not exactly what is wanted stays, for the server to complain about") {
  for (const char* text : {R"("seven")",
                           R"("7 ")",
                           R"(" 7")",
                           R"("7\n")",
                           R"("")",
                           R"("0x7")",
                           R"("1e")",
                           R"("null")",
                           R"("[7]")"}) {
    CHECK(fitted(schema_of("number"), text) == core::to_json(parsed(text)));
  }
  CHECK(fitted(schema_of("integer"), R"("2.5")") == R"("2.5")");
  CHECK(fitted(schema_of("boolean"), R"("yes")") == R"("yes")");
  CHECK(fitted(schema_of("boolean"), R"("1")") == R"("1")");
  CHECK(fitted(schema_of("number"), R"("true")") == R"("true")");
  CHECK(fitted(schema_of("integer"), R"("99999999999999999999")") == R"("99999999999999999999")");
}

TEST_CASE("other values stay as they are") {
  CHECK(fitted(schema_of("number"), "true") == "true");
  CHECK(fitted(schema_of("boolean"), "0") == "0");
  CHECK(fitted(schema_of("array"), R"("[1]")") == R"("[1]")");
  CHECK(fitted(schema_of("object"), R"("{}")") == R"("{}")");
  CHECK(fitted("{}", R"("5")") == R"("5")");
  CHECK(fitted("null", R"({"a": "5"})") == R"({"a":"5"})");
  CHECK(fitted(R"({"type": 5})", R"("5")") == R"("5")");
}

TEST_CASE("of several types any is fine, and none is preferred to what is there") {
  const std::string schema = R"({"type": ["number", "string"]})";
  CHECK(fitted(schema, R"("5")") == R"("5")");
  CHECK(fitted(schema, "5") == "5");
  CHECK(fitted(R"({"type": ["number", "null"]})", R"("5")") == "5");
  CHECK(fitted(R"({"type": ["number", "null"]})", "null") == "null");
}

TEST_CASE("members and items are fitted as well, however deep") {
  const std::string schema = R"({"type": "object", "properties": {
      "limit": {"type": "integer"},
      "tags": {"type": "array", "items": {"type": "string"}},
      "inner": {"type": "object", "properties": {"flag": {"type": "boolean"}}}}})";
  CHECK(
      fitted(schema, R"({"limit": "5", "tags": [1, "a"], "inner": {"flag": "false"}, "x": "5"})") ==
      R"({"limit":5,"tags":["1","a"],"inner":{"flag":false},"x":"5"})");
}
