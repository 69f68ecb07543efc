// What operators and functions say to values that they are not for.
#include "core/expression/reference.hpp"
#include "tests/core/expression/language.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace goflow::core;

namespace {

/// Of each call, what is said behind "type_mismatch: 'function' needs ".
struct Refusal {
  std::string call;
  std::string needs;
};

void check_refused(const std::vector<Refusal>& refusals) {
  for (const auto& [call, needs] : refusals) {
    const std::string function = call.substr(0, call.find('('));
    CHECK_MESSAGE(outcome_of(call) == "type_mismatch: '" + function + "' needs " + needs, call);
  }
}

}  // namespace

TEST_CASE("these are the functions, and there are no others") {
  std::string all;
  for (const FunctionSection& section : function_reference()) {
    for (const FunctionReference& function : section.functions) {
      all += std::string(function.signature.substr(0, function.signature.find('('))) + " ";
    }
  }
  CHECK(all ==
        "upper lower capitalize trim trimPrefix trimSuffix hasPrefix hasSuffix split splitAfter "
        "join replace repeat indexOf lastIndexOf len length "
        "abs ceil floor round max min mean median sum formatNumber bitand bitor bitxor bitnand "
        "bitnot bitshl bitshr bitushr "
        "sort first last take reverse uniq concat flatten "
        "all any one none filter map find findLast findIndex findLastIndex count groupBy sortBy "
        "reduce "
        "keys values toPairs fromPairs get type int float string toJSON fromJSON toBase64 "
        "fromBase64 "
        "now date timestamp duration formatDate "
        "if default "
        "uuid env secret ");
}

TEST_CASE("functions of texts take texts") {
  check_refused({{"upper(1)", "a text, got int 1"},
                 {"lower(null)", "a text, got null"},
                 {"capitalize([])", "a text, got array"},
                 {"trim(1)", "a text as argument 1, got int 1"},
                 {"trim('a', 1)", "a text as argument 2, got int 1"},
                 {"trimPrefix(1, 'a')", "a text as argument 1, got int 1"},
                 {"trimPrefix('a', 1)", "a text as argument 2, got int 1"},
                 {"trimSuffix({}, 'a')", "a text as argument 1, got object"},
                 {"trimSuffix('a', true)", "a text as argument 2, got boolean true"},
                 {"hasPrefix(1, 'a')", "a text as argument 1, got int 1"},
                 {"hasPrefix('a', 1)", "a text as argument 2, got int 1"},
                 {"hasSuffix(1, 'a')", "a text as argument 1, got int 1"},
                 {"hasSuffix('a', null)", "a text as argument 2, got null"},
                 {"split(1, ',')", "a text as argument 1, got int 1"},
                 {"split('a', 1)", "a text as argument 2, got int 1"},
                 {"split('a', ',', 'b')", R"(a whole number as argument 3, got string "b")"},
                 {"split('a', ',', 1.5)", "a whole number as argument 3, got float 1.5"},
                 {"splitAfter(1, ',')", "a text as argument 1, got int 1"},
                 {"splitAfter('a', [])", "a text as argument 2, got array"},
                 {"splitAfter('a', ',', true)", "a whole number as argument 3, got boolean true"},
                 {"join('a')", R"(an array as argument 1, got string "a")"},
                 {"join(['a'], 1)", "a text as argument 2, got int 1"},
                 {"replace(1, 'a', 'b')", "a text as argument 1, got int 1"},
                 {"replace('a', 1, 'b')", "a text as argument 2, got int 1"},
                 {"replace('a', 'b', 1)", "a text as argument 3, got int 1"},
                 {"repeat(1, 2)", "a text as argument 1, got int 1"},
                 {"repeat('a', '2')", R"(a whole number as argument 2, got string "2")"},
                 {"repeat('a', 1.5)", "a whole number as argument 2, got float 1.5"},
                 {"indexOf(1, 'a')", "a text as argument 1, got int 1"},
                 {"indexOf('a', 1)", "a text as argument 2, got int 1"},
                 {"lastIndexOf([1], 1)", "a text as argument 1, got array"},
                 {"lastIndexOf('a', 1)", "a text as argument 2, got int 1"},
                 {"len(1.5)", "a text, array or object, got float 1.5"},
                 {"length(false)", "a text, array or object, got boolean false"}});
}

TEST_CASE("functions of numbers take numbers") {
  check_refused({{"abs('1')", R"(a number, got string "1")"},
                 {"ceil(null)", "a number, got null"},
                 {"floor('1')", R"(a number, got string "1")"},
                 {"round([1])", "a number, got array"},
                 {"max('1', 2)", R"(numbers or one array of them as argument 1, got string "1")"},
                 {"max(1, [2])", "a number as argument 2, got array"},
                 {"min(1, null)", "a number as argument 2, got null"},
                 {"min(true)", "numbers or one array of them as argument 1, got boolean true"},
                 {"mean('1')", R"(numbers or one array of them as argument 1, got string "1")"},
                 {"median({})", "numbers or one array of them as argument 1, got object"},
                 {"sum('1')", R"(an array as argument 1, got string "1")"},
                 {"sum([1], 'a')", R"(numbers, got string "a")"},
                 {"sum([{n: 'a'}], .n)", R"(numbers, got string "a")"},
                 {"formatNumber('1', 2)", R"(a number as argument 1, got string "1")"},
                 {"formatNumber(1, '2')", R"(a whole number as argument 2, got string "2")"},
                 {"formatNumber(1, 1.5)", "a whole number as argument 2, got float 1.5"},
                 {"bitand('1', 1)", R"(a whole number as argument 1, got string "1")"},
                 {"bitor(1, '1')", R"(a whole number as argument 2, got string "1")"},
                 {"bitxor(1.5, 1)", "a whole number as argument 1, got float 1.5"},
                 {"bitnand(1, null)", "a whole number as argument 2, got null"},
                 {"bitnot(0.5)", "a whole number, got float 0.5"},
                 {"bitshl('1', 1)", R"(a whole number as argument 1, got string "1")"},
                 {"bitshr(1, '1')", R"(a whole number as argument 2, got string "1")"},
                 {"bitushr(null, 1)", "a whole number as argument 1, got null"}});
  check({{"mean(['1'])", R"(type_mismatch: numbers are needed, got string "1")"},
         {"median([null])", "type_mismatch: numbers are needed, got null"}});
}

TEST_CASE("functions of lists take arrays") {
  for (const char* function : {"all",
                               "any",
                               "one",
                               "none",
                               "filter",
                               "map",
                               "find",
                               "findLast",
                               "findIndex",
                               "findLastIndex",
                               "count",
                               "groupBy",
                               "sortBy",
                               "reduce"}) {
    const std::string name = function;
    check_refused({{name + "({a: 1}, # == 1)", "an array as argument 1, got object"},
                   {name + "('abc', # == 1)", R"(an array as argument 1, got string "abc")"},
                   {name + "(null, # == 1)", "an array as argument 1, got null"}});
  }
  for (const char* function : {"first", "last", "reverse", "uniq", "flatten"}) {
    const std::string name = function;
    check_refused({{name + "('abc')", R"(an array, got string "abc")"},
                   {name + "({})", "an array, got object"},
                   {name + "(null)", "an array, got null"}});
  }
  check_refused({{"count(1)", "an array as argument 1, got int 1"},
                 {"sortBy([1], #, 1)", "a text as argument 3, got int 1"},
                 {"sort('ba')", R"(an array as argument 1, got string "ba")"},
                 {"sort([1], 1)", "a text as argument 2, got int 1"},
                 {"take('abc', 1)", R"(an array as argument 1, got string "abc")"},
                 {"take([1], '1')", R"(a whole number as argument 2, got string "1")"},
                 {"concat([1], 2)", "an array as argument 2, got int 2"},
                 {"concat('a')", R"(an array as argument 1, got string "a")"}});
  check({{"sortBy([null], #)", "type_mismatch: only numbers and texts have an order, got null"},
         {"sort([null])", "type_mismatch: only numbers and texts have an order, got null"},
         {"sort([[1]])", "type_mismatch: only numbers and texts have an order, got array [1]"}});
}

TEST_CASE("functions of objects, conversions and times take what they are for") {
  check_refused({{"keys([1])", "an object, got array"},
                 {"values('a')", R"(an object, got string "a")"},
                 {"toPairs([])", "an object, got array"},
                 {"fromPairs({})", "an array, got object"},
                 {"int(null)", "a number or text, got null"},
                 {"int([1])", "a number or text, got array"},
                 {"float(true)", "a number or text, got boolean true"},
                 {"toJSON(1, '2')", R"(a whole number as argument 2, got string "2")"},
                 {"toJSON(1, 1.5)", "a whole number as argument 2, got float 1.5"},
                 {"fromJSON(1)", "a text, got int 1"},
                 {"toBase64(1)", "a text, got int 1"},
                 {"fromBase64(1)", "a text, got int 1"},
                 {"date([])", "a number or text as argument 1, got array"},
                 {"date('2026-01-01', 1)", "a text as argument 2, got int 1"},
                 {"date('2026-01-01', '', 1)", "a text as argument 3, got int 1"},
                 {"timestamp(null)", "a number or text, got null"},
                 {"duration(30)", "a text, got int 30"},
                 {"formatDate(true, '2006')", "a number or text as argument 1, got boolean true"},
                 {"formatDate(0, 1)", "a text as argument 2, got int 1"},
                 {"formatDate(0, '2006', 1)", "a text as argument 3, got int 1"},
                 {"if('a', 1, 2)", R"(a boolean as argument 1, got string "a")"},
                 {"env(1)", "a text, got int 1"},
                 {"secret(1)", "a text, got int 1"}});
  check({{"get(1, 'a')", "type_mismatch: '[ ]' needs an array or object, got int 1"},
         {"get([1], 'a')",
          R"(type_mismatch: an array needs a whole number as index, got string "a")"},
         {"get('abc', 1)", R"(type_mismatch: '[ ]' needs an array or object, got string "abc")"}});
}

TEST_CASE("every function counts its arguments") {
  // Those that take any number from one on are called without.
  const std::set<std::string> unlimited{"max", "min", "mean", "median", "concat"};
  for (const FunctionSection& section : function_reference()) {
    for (const FunctionReference& function : section.functions) {
      const std::string name(function.signature.substr(0, function.signature.find('(')));
      const std::string call = name + (unlimited.contains(name) ? "()" : "(1, 2, 3, 4)");
      CAPTURE(call);
      const auto compiled = Expression::compile(call);
      REQUIRE_FALSE(compiled.ok());
      CHECK(compiled.error().code == ExpressionErrorCode::arity);
      CHECK(compiled.error().message.ends_with(std::string(function.signature)));
    }
  }
}

TEST_CASE("operators of numbers take numbers") {
  for (const char* sign : {"-", "*", "/", "**", "^"}) {
    const std::string name = std::string(sign) == "^" ? "**" : sign;
    CHECK_MESSAGE(outcome_of("'a' " + std::string(sign) + " 1") ==
                      "type_mismatch: '" + name + "' needs two numbers, got string \"a\" and int 1",
                  sign);
    CHECK_MESSAGE(outcome_of("1 " + std::string(sign) + " null") ==
                      "type_mismatch: '" + name + "' needs two numbers, got int 1 and null",
                  sign);
  }
  check({{"5 % 2.5", "type_mismatch: '%' needs two whole numbers, got int 5 and float 2.5"},
         {"'a' % 2", R"(type_mismatch: '%' needs two whole numbers, got string "a" and int 2)"},
         {"1 .. 'a'", R"(type_mismatch: '..' needs two whole numbers, got int 1 and string "a")"},
         {"[1] + [2]", "type_mismatch: '+' needs two numbers or two texts, got array and array"},
         {"null + null", "type_mismatch: '+' needs two numbers or two texts, got null and null"}});
}

TEST_CASE("only numbers and texts have an order") {
  for (const char* sign : {"<", "<=", ">", ">="}) {
    const std::string name = sign;
    const std::string needs = "type_mismatch: '" + name + "' needs two numbers or two texts, got ";
    CHECK(outcome_of("true " + name + " 1") == needs + "boolean true and int 1");
    CHECK(outcome_of("'1' " + name + " 1") == needs + "string \"1\" and int 1");
    CHECK(outcome_of("null " + name + " null") == needs + "null and null");
    CHECK(outcome_of("{} " + name + " {}") == needs + "object and object");
  }
}

TEST_CASE("operators of texts take texts") {
  for (const char* sign : {"contains", "startsWith", "endsWith"}) {
    const std::string name = sign;
    const std::string needs = "type_mismatch: '" + name + "' needs two texts, got ";
    CHECK(outcome_of("'abc' " + name + " 1") == needs + "string \"abc\" and int 1");
    CHECK(outcome_of("null " + name + " 'a'") == needs + "null and string \"a\"");
    CHECK(outcome_of("['a'] " + name + " 'a'") == needs + "array and string \"a\"");
    CHECK(outcome_of("{a: 1} not " + name + " 'a'") == needs + "object and string \"a\"");
  }
  check({{"1 matches 'a'",
          R"(type_mismatch: 'matches' needs a text and a pattern, got int 1 and string "a")"},
         {"'a' matches 1",
          R"(type_mismatch: 'matches' needs a text and a pattern, got string "a" and int 1)"}});
}

TEST_CASE("nothing but a boolean is true or false") {
  for (const char* value : {"1", "0", "''", "'true'", "null", "[]", "{}", "1.5"}) {
    CAPTURE(value);
    const std::string written = value;
    for (const std::string& text : {"true and " + written,
                                    written + " or true",
                                    written + " && true",
                                    "false || " + written,
                                    "not " + written,
                                    "!" + written,
                                    written + " ? 1 : 2",
                                    "if(" + written + ", 1, 2)",
                                    "filter([1], " + written + ")"}) {
      CHECK_MESSAGE(outcome_of(text).starts_with("type_mismatch: "), text);
    }
  }
}

TEST_CASE("values of different kinds are unequal, without error") {
  check({{"1 == true", "false"},
         {"0 == false", "false"},
         {"null == 0", "false"},
         {"null == ''", "false"},
         {"[] == {}", "false"},
         {"'5' != 5", "true"},
         {"null == nil", "true"},
         {"5 in ['5', 5.0]", "true"},
         {"true in [1]", "false"},
         {"null in [null]", "true"},
         {"{a: 1} in [{a: 1.0}]", "true"}});
}

TEST_CASE("an access that cannot be is known before it is evaluated") {
  const auto fault = [](const std::string& text) {
    const auto compiled = Expression::compile(text);
    return compiled ? "" : compiled.error().message;
  };
  CHECK(fault("filter(xs, # > 1).name") == "'.name' needs an object, got array");
  CHECK(fault("upper(s).length") == "'.length' needs an object, got string");
  CHECK(fault("len(s)?.a") == "'.a' needs an object, got int");
  CHECK(fault("'abc'[0]") == R"('[ ]' needs an array or object, got string "abc")");
  CHECK(fault("(a > b)['x']") == "'[ ]' needs an array or object, got boolean");
  CHECK(fault("len(s)[1:]") == "'[ : ]' needs an array or text, got int");
  CHECK(fault("keys(o)[0].a") == "");
  CHECK(fault("first(xs).a") == "");
  CHECK(fault("{a: 1}.a[0]") == "");
  CHECK(fault("upper(s)[0:1]") == "");
  CHECK(fault("null?.a") == "");
  CHECK(error_of("filter(xs, # > 1).name").hint ==
        "of each element: map(…, .name); of one: …[0].name");
}

TEST_CASE("a long value is shortened where it is shown") {
  ScriptedEnvironment environment;
  environment.with("long", "\"" + std::string(200, 'x') + "\"").with("xs", "[1,2]");
  const std::string outcome = outcome_of("long + 1", environment);
  CHECK(outcome == "type_mismatch: '+' needs two numbers or two texts, got string \"" +
                       std::string(40, 'x') + "…\" and int 1");
}
