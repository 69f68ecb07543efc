#include "core/expression/expression.hpp"

#include "tests/core/expression/language.hpp"

#include <doctest/doctest.h>

using namespace goflow::core;

namespace {

struct Example {
  std::string text;
  std::string outcome;
};

void check(const std::vector<Example>& examples,
           const Environment& environment = ScriptedEnvironment()) {
  for (const auto& [text, outcome] : examples) {
    CAPTURE(text);
    CHECK(outcome_of(text, environment) == outcome);
  }
}

}  // namespace

TEST_CASE("literals are what they look like") {
  check({{"42", "42"},
         {"0x2A", "42"},
         {"0o52", "42"},
         {"0b101010", "42"},
         {"1_000_000", "1000000"},
         {"0.5", "0.5"},
         {".5", "0.5"},
         {"1e-3", "0.001"},
         {"2E+2", "200.0"},
         {"9223372036854775807", "9223372036854775807"},
         {"-9223372036854775808", "-9223372036854775808"},
         {"true", "true"},
         {"nil", "null"},
         {"null", "null"},
         {R"('it''s')", "syntax: unexpected ''s''"},
         {R"("a\"b" + 'c\'d')", R"("a\"bc'd")"},
         {R"("\\ \n\r\t\b\f\x41\u00e9\U0001F600")", R"("\\ \n\r\t\b\fAé😀")"},
         {R"("\0")", R"("\u0000")"},
         {"`raw \\n\nline`", R"("raw \\n\nline")"},
         {"[1, 'a', [true,],]", R"([1,"a",[true]])"},
         {"{a: 1, 'b c': 2, 3: 4, (\"d\" + \"e\"): 5, if: 6,}",
          R"({"a":1,"b c":2,"3":4,"de":5,"if":6})"},
         {"{a: 1, a: 2}", R"({"a":2})"},
         {"1 /* one */ + // and\n 2", "3"}});
}

TEST_CASE("operators group by their precedence") {
  check({{"1 + 2 * 3", "7"},
         {"(1 + 2) * 3", "9"},
         {"10 - 2 - 3", "5"},
         {"2 ** 3 ** 2", "512"},
         {"2 ^ 3", "8"},
         {"-2 ** 2", "-4"},
         {"2 * -3", "-6"},
         {"2 ** -1", "0.5"},
         {"1 - -1", "2"},
         {"!true == false", "true"},
         {"not true or true", "true"},
         {"true or false and false", "true"},
         {"true && !false", "true"},
         {"1 + 1 == 2 and 3 > 2", "true"},
         {"1..2 + 1", "[1,2,3]"},
         {"3..1", "[]"},
         {"true ? 1 : false ? 2 : 3", "1"},
         {"false ? 1 : false ? 2 : 3", "3"},
         {"true ?.5 : 1", "0.5"},
         {"null ?? -1", "-1"},
         {"(null ?? 1) + 1", "2"},
         {"null ?? null ?? 3", "3"},
         {"-null ?? 3", "-3"},
         {"1 not in [2]", "true"},
         {"'abc' not contains 'b'", "false"},
         {"{1 + 1: 2}", "syntax: unexpected '+'"}});
}
