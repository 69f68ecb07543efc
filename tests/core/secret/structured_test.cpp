#include "core/secret/structured.hpp"

#include "core/secret/secret_json.hpp"
#include "core/value/json.hpp"

#include <doctest/doctest.h>

using namespace goflow;
using core::Secret;

namespace {

core::Result<std::vector<core::SecretField>> fields_of(std::string_view json) {
  return core::structured_fields(Secret::copy_of(json));
}

}  // namespace

TEST_CASE("fields are told in their order, texts as their characters and the rest as JSON") {
  const auto fields = fields_of(R"( { "user" : "ann", "port": 5432 ,"tls":true,
    "hosts": [ "a b", { "x" : null } ], "note":"tab\t\u00e4 \ud83d\ude00 \"q\" \\" , "e":{} } )");
  REQUIRE(fields.ok());
  std::string told;
  for (const auto& field : *fields) {
    told += field.name + (field.is_text ? "=" : ":") + std::string(field.value.expose()) + "\n";
  }
  CHECK(told ==
        "user=ann\nport:5432\ntls:true\nhosts:[\"a b\",{\"x\":null}]\n"
        "note=tab\t\xC3\xA4 \xF0\x9F\x98\x80 \"q\" \\\ne:{}\n");
}

TEST_CASE("of a repeated field the last one counts") {
  const auto fields = fields_of(R"({"a":"1","b":"2","a":"3"})");
  REQUIRE(fields.ok());
  REQUIRE(fields->size() == 2);
  CHECK(fields->at(0).value.expose() == "3");
}

TEST_CASE("what is no JSON object is refused without showing any of it") {
  for (const char* json : {"",
                           "hunter2",
                           "\"hunter2\"",
                           "[\"hunter2\"]",
                           "{\"a\":hunter2}",
                           "{\"hunter2\"}",
                           "{\"a\":\"hunter2}",
                           "{\"a\":\"hunter2\"",
                           "{\"a\":\"hunter2\"} x",
                           "{\"a\":\"hunter2\",}",
                           "{\"a\":\"hunter\n2\"}",
                           "{\"a\":\"hunter\xFF\"}",
                           "{\"a\":\"\\ud800hunter2\"}",
                           "{\"a\":\"\\x\"}"}) {
    CAPTURE(json);
    const auto fields = fields_of(json);
    REQUIRE_FALSE(fields.ok());
    CHECK(fields.error().code == core::ErrorCode::invalid_argument);
    CHECK(fields.error().message == "the value is no JSON object");
  }
}

TEST_CASE("the reader of secret JSON agrees with the JSON library") {
  // Each stands as the member of an object.
  for (const char* value :
       {"0",           "-0",        "01",          "1.5",    "1.",      ".5",  "1e5",
        "1E+5",        "1e",        "-",           "+1",     "true",    "tru", "null",
        "nul",         "[]",        "[1,]",        "[,1]",   "[1 2]",   "{}",  "{\"a\"}",
        "{\"a\":1,}",  "\"\\u12\"", "\"\\u1234\"", "\"\t\"", "\"\\/\"", "'a'", "[[[[1]],[]]]",
        "\"\\udc00\"", "\x01"}) {
    CAPTURE(value);
    const std::string json = "{\"a\": " + std::string(value) + " }";
    CHECK(core::json_members(json).has_value() == core::parse_json(json).ok());
  }
}

TEST_CASE("JSON that is nested too deep is refused, not followed") {
  const auto nested = [](std::size_t depth) {
    return "{\"a\":" + std::string(depth, '[') + std::string(depth, ']') + "}";
  };
  CHECK(core::json_members(nested(199)).has_value());
  CHECK_FALSE(core::json_members(nested(200)).has_value());
  CHECK_FALSE(core::json_members(nested(500'000)).has_value());
}

TEST_CASE("an object is stored compact, to the letter within its texts") {
  const auto compact = core::compact_structured(
      Secret::copy_of("\n{ \"a b\" : \" x\\\" , y \\\\\" ,\t\"n\": [ 1.50 , 2 ] }\r\n"));
  REQUIRE(compact.ok());
  CHECK(compact->expose() == "{\"a b\":\" x\\\" , y \\\\\",\"n\":[1.50,2]}");
}

TEST_CASE("the items of an array are told as they are written") {
  const auto items = core::json_items(R"( [ 1 , "a,]" , {"b": [2]} ] )");
  REQUIRE(items.has_value());
  CHECK(*items == std::vector<std::string_view>{"1", "\"a,]\"", "{\"b\": [2]}"});
  CHECK(core::json_items("[]")->empty());
  CHECK_FALSE(core::json_items("{}").has_value());
}
