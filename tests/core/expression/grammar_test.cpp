// What the grammar lets one write, and what it does not.
#include "tests/core/expression/language.hpp"

#include <doctest/doctest.h>

using namespace goflow::core;

TEST_CASE("names begin with a letter or underscore") {
  check({{"let _x1 = 1; _x1", "1"},
         {"let X = 1; let x = 2; X + x", "3"},
         {"let 1x = 1; 1", "syntax: '1x' is not a number"},
         {"let a-b = 1; 1", "syntax: unexpected '-'"},
         {"let é = 1; 1", "syntax: unexpected 'é'"}});
}

TEST_CASE("numbers are written as in other languages, and end where they end") {
  check({{"0X2a", "42"},
         {"0O17", "15"},
         {"0B11", "3"},
         {"1.5_0", "1.5"},
         {"1E3", "1000.0"},
         {"007", "7"},
         {"1..3", "[1,2,3]"},
         {"1.5", "1.5"},
         {"5.", "syntax: unexpected end"},
         {"1_", "syntax: '1_' is not a number"},
         {"0xG", "syntax: '0xG' is not a number"},
         {"0o8", "syntax: '0o8' is not a number"},
         {"- 9223372036854775808", "-9223372036854775808"},
         {"1 - 9223372036854775808",
          "syntax: the number 9223372036854775808 is beyond what 64 bits hold"},
         {"{9223372036854775808: 1}",
          "syntax: the number 9223372036854775808 is beyond what 64 bits hold"},
         {"{1.5: 2, 0x10: 3, 5.0: 1}", R"({"1.5":2,"16":3,"5":1})"}});
}

TEST_CASE("texts know the escapes of the list, and no others") {
  check({{R"('\x7F' == "\u007f")", "true"},
         {R"("\U00000041")", R"("A")"},
         {R"('\a')", R"(syntax: unknown escape '\a')"},
         {R"('\v')", R"(syntax: unknown escape '\v')"},
         {R"('\1')", R"(syntax: unknown escape '\1')"},
         {R"("\uD83D\uDE00")", R"(syntax: unknown escape '\uD83D')"},
         {"\"a\rb\"", "syntax: the text is not closed"},
         {"`it's \"raw\"`", R"("it's \"raw\"")"}});
}

TEST_CASE("white space separates words and means nothing else") {
  check({{"1\t+\r\n 2", "3"},
         {"xs|len()", "unknown_name: undefined variable 'xs'"},
         {"[1,2]|len()", "2"},
         {"len ( [ 1 ] )", "1"},
         {"{ a : 1 } . a", "1"},
         {"[1] [ 0 ]", "1"},
         {"1 * * 2", "syntax: unexpected '*'"},
         {"1 = = 1", "syntax: unexpected '='"}});
}

TEST_CASE("a comma may follow the last element, but none the bracket") {
  check({{"[1,]", "[1]"},
         {"{a: 1,}", R"({"a":1})"},
         {"len([1],)", "1"},
         {"[]", "[]"},
         {"{}", "{}"},
         {"[,]", "syntax: unexpected ','"},
         {"{,}", "syntax: unexpected ','"},
         {"max(,)", "syntax: unexpected ','"},
         {"[1,,2]", "syntax: unexpected ','"}});
}

TEST_CASE("let stands where an expression may begin") {
  check({{"true ? let x = 1; x : 2", "1"},
         {"false ? 1 : let x = 2; x", "2"},
         {"[let x = 1; x]", "[1]"},
         {"{a: let x = 1; x}", R"({"a":1})"},
         {"[5, 6][let i = 1; i]", "6"},
         {"max(let x = 1; x, 2)", "2"},
         {"let x = let y = 1; y + 1; x", "2"},
         {"1 + let x = 1; x", "syntax: unexpected 'let'"},
         {"let x = 1 x", "syntax: unexpected 'x'"},
         {"let x = 1;", "syntax: unexpected end"},
         {"let x 1; x", "syntax: unexpected '1'"}});
}

TEST_CASE("what stands after a pipe begins with a call, which is an operand of what follows") {
  check({{"[3, 1, 2] | sort() | first()", "1"},
         {"'a' | upper() + 'b'", R"("Ab")"},
         {"true or false | string()", R"("true")"},
         {"1 + 1 | max(1)", "2"},
         {"false ? 1 : 2 | string()", R"("2")"},
         {"[1] | len() == 1 ? 'one' : 'more'", R"("one")"},
         {"'a,b' | split(',')[1]", R"("b")"},
         {"1 | -abs()", "syntax: unexpected '-'"},
         {"1 | (abs())", "syntax: unexpected '('"},
         {"1 | abs", "syntax: unexpected 'abs'"},
         {"1 |", "syntax: unexpected end"}});
}

TEST_CASE("each level binds tighter than the one above it") {
  check({{"true ? 1 : 2 | max(3)", "1"},
         {"true or true and false", "true"},
         {"false and true or true", "true"},
         {"true and 1 == 1", "true"},
         {"1..2 == [1, 2]", "true"},
         {"2 in 1..3", "true"},
         {"1 + 2..4", "[3,4]"},
         {"1..2 + 2", "[1,2,3,4]"},
         {"2 + 3 * 4", "14"},
         {"7 - 6 % 4", "5"},
         {"2 * 3 / 4 % 1 == 0.5",
          "type_mismatch: '%' needs two whole numbers, got float 1.5 and int 1"},
         {"- 2 * 3", "-6"},
         {"2 * -3 ** 2", "-18"},
         {"(-3) ** 2", "9"},
         {"2 ** 3 ** 0", "2"},
         {"2 ^ 3 ** 0", "2"},
         {"!true or true", "true"},
         {"!(1 == 1)", "false"},
         {"not 1 in [2]", "type_mismatch: 'not' needs a boolean, got int 1"},
         {"not 1 < 2", "type_mismatch: 'not' needs a boolean, got int 1"},
         {"-[1, 2][1]", "-2"},
         {"- len('ab') ** 2", "-4"}});
}

TEST_CASE("comparisons do not follow one another, whatever they are") {
  for (const char* sign :
       {"==", "!=", "<", "<=", ">", ">=", "in", "contains", "startsWith", "endsWith", "matches"}) {
    const std::string second = sign;
    CHECK_MESSAGE(outcome_of("'a' == 'b' " + second + " 'c'") ==
                      "syntax: '" + second + "' after '==' needs parentheses",
                  second);
    CHECK_MESSAGE(outcome_of("x " + second + " y != 'c'") ==
                      "syntax: '!=' after '" + second + "' needs parentheses",
                  second);
  }
}

TEST_CASE("a fallback stands alone among operators, on either side") {
  for (const char* sign : {"or",
                           "||",
                           "and",
                           "&&",
                           "==",
                           "<",
                           "in",
                           "matches",
                           "..",
                           "+",
                           "-",
                           "*",
                           "/",
                           "%",
                           "**",
                           "^",
                           "contains"}) {
    const std::string other = sign;
    const std::string message =
        "syntax: '?"
        "?' next to '" +
        other + "' needs parentheses";
    CHECK_MESSAGE(outcome_of("null ?? 1 " + other + " 2") == message, other);
    CHECK_MESSAGE(outcome_of("1 " + other + " null ?? 2") == message, other);
  }
  check({{"[null ?? 1, 2]", "[1,2]"},
         {"null ?? 1 | max(2)", "2"},
         {"(null ?? false) ? 1 : 2", "2"},
         {"null ?? false ? 1 : 2", "2"},
         {"{a: null}.a ?? 'x'", R"("x")"}});
}

TEST_CASE("a plus sign before a number leaves it as it is") {
  check({{"+1", "1"},
         {"1 - +1", "0"},
         {"+2 ** 2", "4"},
         {"+1.5", "1.5"},
         {"+'a'", R"(type_mismatch: '+' needs a number, got string "a")"}});
}

TEST_CASE("what reaches outside in other languages is no name here") {
  ScriptedEnvironment environment;
  environment.with("planet", R"({"name":"Mars"})");
  check({{"planet.name", R"("Mars")"},
         {"os.ReadFile('x')", "syntax: there are no methods: '.ReadFile(…)'"},
         {"planet.__proto__", "missing_field: no field '__proto__' in the object"},
         {"exec('ls')", "unknown_function: unknown function 'exec'"},
         {"os", "unknown_name: undefined variable 'os'"},
         {"$env", "syntax: unexpected '$'"},
         {"timezone('UTC')", "unknown_function: unknown function 'timezone'"},
         {"if 1 > 0 { 1 } else { 2 }", "syntax: unexpected '1'"}},
        environment);
}

TEST_CASE("a placeholder within a text of an expression would never be filled in") {
  ScriptedEnvironment environment;
  environment.with("name", R"("Ann")");
  check({{"'hello ${name}'", "syntax: '${' within an expression"},
         {"\"${name}\" == 'Ann'", "syntax: '${' within an expression"},
         {"`${name}`", "syntax: '${' within an expression"},
         {"name // ${name}", R"("Ann")"},
         {R"('\x24{name}')", R"("${name}")"},
         {"'$' + '{}' + '$5 {a}'", R"("${}$5 {a}")"}},
        environment);
  const ExpressionError error = error_of("'hello ${name}'", environment);
  CHECK(error.begin == 7);
  CHECK(error.end == 9);
  CHECK(error.hint == R"(a text is put together with +: 'hello ' + name; '${' itself is '\x24{')");
}
