#include "core/secret/redactor.hpp"

#include "core/base/base64.hpp"
#include "core/value/json.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace goflow::core;

namespace {

Redactor redactor_of(const std::vector<std::string>& secrets) {
  Redactor redactor;
  for (const std::string& secret : secrets) {
    redactor.learn(secret);
  }
  return redactor;
}

Value parsed(std::string_view text) {
  auto value = parse_json(text);
  REQUIRE_MESSAGE(value.ok(), text);
  return *value;
}

}  // namespace

TEST_CASE("who knows no secret changes nothing") {
  const Redactor redactor;
  CHECK(!redactor.knows_any());
  CHECK(!redactor.masked("any text"));
  CHECK(redactor.redact(std::string("any text")) == "any text");
}

TEST_CASE("a text without secrets is the same text and not a copy") {
  const Redactor redactor = redactor_of({"hunter2!", "\"quoted\""});
  const std::string binary("\0\xff\xfe hunter2\x80 \"quoted", 20);
  CHECK(!redactor.masked(binary));
  std::string text(1000, 'h');
  const char* const place = text.data();
  const std::string same = redactor.redact(std::move(text));
  CHECK(same.data() == place);
}

TEST_CASE("of secrets that overlap nothing is left over") {
  struct Row {
    std::vector<std::string> secrets;
    const char* text;
    const char* expected;
  };
  for (const Row& row : std::vector<Row>{
           {{"abcd", "abcdefgh"}, "abcdefgh abcdef abcd", "*** ***ef ***"},
           {{"abcdefgh", "abcd"}, "abcdefgh abcdef abcd", "*** ***ef ***"},
           {{"efgh", "abcdefgh"}, "abcdefgh efgh", "*** ***"},
           {{"cdef", "abcdefgh"}, "abcdefgh xcdefx", "*** x***x"},
           {{"abcdef", "defghi"}, "abcdefghi", "***"},
           {{"abcdef", "efghij", "ijklmn"}, "abcdefghijklmn!", "***!"},
           {{"aaaa"}, "aaaaaaa aaa", "*** aaa"},
           {{"abcd"}, "abcdabcd", "******"},
           {{"user", "pass"}, "userpass", "******"},
       }) {
    CAPTURE(row.text);
    CHECK(redactor_of(row.secrets).redact(std::string(row.text)) == row.expected);
  }
}

TEST_CASE("secrets may be any bytes") {
  const std::string binary("\0\xff\0\x80\n\x01key", 9);
  const Redactor redactor = redactor_of({binary, "пароль", "密码密码"});
  CHECK(redactor.redact("a" + binary + "b") == "a***b");
  CHECK(redactor.redact(std::string("мой пароль: 密码密码。")) == "мой ***: ***。");
  CHECK(redactor.redact(std::string("密码密")) == "密码密");
}

TEST_CASE("what is learned twice is known once") {
  Redactor redactor = redactor_of({"hunter2!"});
  redactor.learn("hunter2!");
  redactor.learn("hunter3!");
  CHECK(redactor.redact(std::string("hunter2! hunter3! hunter4!")) == "*** *** hunter4!");
}

TEST_CASE("basic authentication is masked, also with a short password") {
  Redactor redactor;
  redactor.learn_basic_auth("ann", "pw");
  const std::string header = "Authorization: Basic " + encode_base64("ann:pw") + "\r\n";
  CHECK(redactor.redact(header) == "Authorization: Basic ***\r\n");
  CHECK(redactor.redact(std::string("http://ann:pw@host")) == "http://***@host");
  CHECK(redactor.redact(std::string("ann")) == "ann");
}

TEST_CASE("of a structured value all texts are secret but those of public fields") {
  Redactor redactor;
  const Value value = parsed(R"({
    "user": "annabelle", "password": "hunter2!", "port": 54321, "hosts": ["db.internal", true],
    "tls": {"key": "pem-of-key", "user": "somebody"}})");
  redactor.learn_fields(value.as_object(), {"user"});
  CHECK(redactor.redact(to_json(value)) ==
        R"({"user":"annabelle","password":"***","port":54321,"hosts":["***",true],)"
        R"("tls":{"key":"***","user":"***"}})");
}

TEST_CASE("a value without secrets is given back and shares its content") {
  const Redactor redactor = redactor_of({"hunter2!"});
  for (const char* text : {"null", "5", "true", R"("hunter2")", R"([1,["a",{"b":"c"}]])"}) {
    const Value value = parsed(text);
    const Value same = redactor.redact(value);
    CHECK(to_json(same) == to_json(value));
    if (value.is_text()) CHECK(&same.as_text() == &value.as_text());
    if (value.is_array()) CHECK(&same.as_array() == &value.as_array());
  }
}

TEST_CASE("texts and keys within a value are masked, and what else it holds is shared") {
  const Redactor redactor = redactor_of({"hunter2!", "sesame-open"});
  const Value value = parsed(R"({"a":["say hunter2!",1],"b":{"c":["kept"]},"sesame-open":null})");
  const Value masked = redactor.redact(value);
  CHECK(to_json(masked) == R"({"a":["say ***",1],"b":{"c":["kept"]},"***":null})");
  CHECK(&masked.find("b")->as_object() == &value.find("b")->as_object());
}

TEST_CASE("two keys that are masked stay two") {
  const Redactor redactor = redactor_of({"hunter2!", "sesame-open"});
  CHECK(to_json(redactor.redact(parsed(R"({"hunter2!":1,"sesame-open":2,"***":3})"))) ==
        R"({"***":1,"*** 2":2,"*** 3":3})");
}
