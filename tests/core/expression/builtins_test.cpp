#include "tests/core/expression/language.hpp"

#include <doctest/doctest.h>

using namespace goflow::core;

TEST_CASE("functions of texts") {
  check({{"upper('ab é')", R"("AB É")"},
         {"upper('ß ÿ ſ ς я')", R"("ß Ÿ S Σ Я")"},
         {"lower('ÀΩЯ Ab')", R"("àωя ab")"},
         {"capitalize('hello World')", R"("Hello World")"},
         {"capitalize('élan')", R"("Élan")"},
         {"capitalize('')", R"("")"},
         {"trim('__x_', '_')", R"("x")"},
         {"trim(' \\t\u00a0x y\\n ')", R"("x y")"},
         {"trim('éxé', 'é')", R"("x")"},
         {"trimPrefix('a.a.txt', 'a.')", R"("a.txt")"},
         {"trimSuffix('a.txt', '.txt')", R"("a")"},
         {"hasPrefix('abc', 'ab')", "true"},
         {"hasSuffix('abc', 'ab')", "false"},
         {"split('a,b,c', ',', 2)", R"(["a","b,c"])"},
         {"split('a,b,c', ',')", R"(["a","b","c"])"},
         {"split('aéb', '')", R"(["a","é","b"])"},
         {"split('abc', '', 2)", R"(["a","bc"])"},
         {"split('', ',')", R"([""])"},
         {"split('', '')", "[]"},
         {"split('a', ',', 0)", "bad_argument: at least one part is needed"},
         {"splitAfter('a,b', ',')", R"(["a,","b"])"},
         {"join([1, 'b', true], '-')", R"("1-b-true")"},
         {"join([1, null, 2.0])", R"("12")"},
         {"join([[1]])",
          "type_mismatch: 'join' needs texts, numbers, booleans or nulls, got array [1]"},
         {"replace('a.b.c', '.', '/')", R"("a/b/c")"},
         {"replace('aaa', 'aa', 'b')", R"("ba")"},
         {"replace('abc', '', 'x')", "bad_argument: the text to be replaced is empty"},
         {"repeat('ab', 3)", R"("ababab")"},
         {"repeat('ab', -1)", "bad_argument: a text cannot be repeated fewer than zero times"},
         {"indexOf('apple pie', 'pie')", "6"},
         {"indexOf('éé pie', 'pie')", "3"},
         {"indexOf('a', 'b')", "-1"},
         {"lastIndexOf('ababa', 'ba')", "3"},
         {"length(['a', 'b'])", "2"},
         {"len('héé')", "3"},
         {"len({a: 1})", "1"},
         {"len(null)", "type_mismatch: 'len' needs a text, array or object, got null"}});
}

TEST_CASE("functions of texts at their edges") {
  check({{"splitAfter('a,b,c', ',', 2)", R"(["a,","b,c"])"},
         {"splitAfter('a', ',', 0)", "bad_argument: at least one part is needed"},
         {"lastIndexOf('a', 'b')", "-1"},
         {"indexOf('a', '')", "0"},
         {"trimPrefix('abc', 'x')", R"("abc")"},
         {"hasPrefix('abc', 'bc')", "false"},
         {"hasSuffix('abc', 'bc')", "true"},
         {"len(true)", "type_mismatch: 'len' needs a text, array or object, got boolean true"},
         {"len(5)", "type_mismatch: 'len' needs a text, array or object, got int 5"}});
}

TEST_CASE("functions of numbers") {
  check({{"abs(-5)", "5"},
         {"abs(-5.5)", "5.5"},
         {"abs(-9223372036854775808)", "overflow: the result is beyond the 64 bits of an int"},
         {"round(-2.5)", "-3"},
         {"round(2.4)", "2"},
         {"ceil(1.2)", "2"},
         {"floor(-1.2)", "-2"},
         {"floor(7)", "7"},
         {"ceil(1e300)", "overflow: float 1e+300 is beyond the 64 bits of an int"},
         {"max(3, 7.5)", "7.5"},
         {"max([1, 3, 2])", "3"},
         {"min(9007199254740993, 9007199254740992.0)", "9007199254740992.0"},
         {"max([])", "bad_argument: there are no numbers in the array"},
         {"max([1, 'a'])", "type_mismatch: numbers are needed, got string \"a\""},
         {"mean([1, 2])", "1.5"},
         {"mean(4)", "4.0"},
         {"median([4, 1, 3, 2])", "2.5"},
         {"median(3, 1, 2)", "2.0"},
         {"sum(map(1..4, # * #))", "30"},
         {"sum([])", "0"},
         {"sum([1, 0.5])", "1.5"},
         {"sum([{n: 1}, {n: 2}], .n)", "3"},
         {"sum(['a'])", "type_mismatch: 'sum' needs numbers, got string \"a\""},
         {"sum([9223372036854775807, 1])", "overflow: the result is beyond the 64 bits of an int"},
         {"formatNumber(1234.5, 2)", R"("1234.50")"},
         {"formatNumber(0.125, 2)", R"("0.12")"},
         {"formatNumber(-0.001, 2)", R"("0.00")"},
         {"formatNumber(-1.5, 0)", R"("-2")"},
         {"formatNumber(9007199254740993, 1)", R"("9007199254740993.0")"},
         {"formatNumber(1, 21)", "bad_argument: the number of decimals must be from 0 to 20"},
         {"bitand(12, 10)", "8"},
         {"bitor(12, 10)", "14"},
         {"bitxor(12, 10)", "6"},
         {"bitnand(12, 10)", "4"},
         {"bitnot(0)", "-1"},
         {"bitshl(1, 4)", "16"},
         {"bitshl(-1, 63)", "-9223372036854775808"},
         {"bitshr(-16, 2)", "-4"},
         {"bitushr(-1, 60)", "15"},
         {"bitshl(1, 64)", "bad_argument: the distance of a shift must be from 0 to 63"},
         {"bitand(1.5, 1)",
          "type_mismatch: 'bitand' needs a whole number as argument 1, got float 1.5"}});
}

TEST_CASE("functions of numbers at their edges") {
  check({{"round(2.5)", "3"},
         {"round(1e19)", "overflow: float 10000000000000000000 is beyond the 64 bits of an int"},
         {"floor(-1e19)", "overflow: float -10000000000000000000 is beyond the 64 bits of an int"},
         {"min([])", "bad_argument: there are no numbers in the array"},
         {"mean([])", "bad_argument: there are no numbers in the array"},
         {"median([])", "bad_argument: there are no numbers in the array"},
         {"min(2, 1.5, 3)", "1.5"},
         {"sum(5)", "type_mismatch: 'sum' needs an array as argument 1, got int 5"},
         {"formatNumber(1, -1)", "bad_argument: the number of decimals must be from 0 to 20"},
         {"formatNumber(0.5, 0) + formatNumber(1.5, 0) + formatNumber(2.5, 0)", R"("022")"},
         {"bitshr(1, -1)", "bad_argument: the distance of a shift must be from 0 to 63"},
         {"bitushr(1, 64)", "bad_argument: the distance of a shift must be from 0 to 63"}});
}

TEST_CASE("functions of lists") {
  check(
      {{"all([], # > 1)", "true"},
       {"any([], # > 1)", "false"},
       {"one([], # > 1)", "false"},
       {"none([], # > 1)", "true"},
       {"any([1, 5], # > 3)", "true"},
       {"all([1, 5], # > 3)", "false"},
       {"one([1, 5], # > 3)", "true"},
       {"none([1, 5], # > 3)", "false"},
       {"filter(1..5, # % 2 == 1)", "[1,3,5]"},
       {"filter([1], #)", "type_mismatch: the condition of 'filter' must be a boolean, got int 1"},
       {"map([1, 2], # * 10)", "[10,20]"},
       {"find([1, 2, 3], # > 1)", "2"},
       {"find([1], # > 1)", "null"},
       {"findLast([1, 2, 3], # > 1)", "3"},
       {R"(findIndex(["x", "y"], # == "y"))", "1"},
       {"findLastIndex([5, 5, 1], # == 5)", "1"},
       {"findIndex([], true)", "-1"},
       {"count(1..9, # % 2 == 0)", "4"},
       {"count([true, false, true])", "2"},
       {"count([1])", "type_mismatch: 'count' needs booleans, got int 1"},
       {"groupBy([1, 2, 3], # % 2)", R"({"1":[1,3],"0":[2]})"},
       {"groupBy([1], [#])",
        "type_mismatch: an array or object cannot be the key of a group, got array [1]"},
       {R"(sortBy(["bb", "a"], len(#)))", R"(["a","bb"])"},
       {"sortBy([{n: 1, k: 'a'}, {n: 2, k: 'b'}, {n: 2, k: 'c'}], .n, 'desc') | map(.k)",
        R"(["b","c","a"])"},
       {"sortBy([{n: 1}], 'n')",
        "type_mismatch: 'sortBy' needs an expression of the element, got string \"n\""},
       {R"(sort([3, 1, 2], "desc"))", "[3,2,1]"},
       {"sort(['é', 'z', 'a'])", R"(["a","z","é"])"},
       {"sort([1, 'a'])",
        "type_mismatch: numbers and texts have no common order, got int 1 and string \"a\""},
       {"sort([true])", "type_mismatch: only numbers and texts have an order, got boolean true"},
       {"sort([1], 'up')", R"(bad_argument: the order is "asc" or "desc", got string "up")"},
       {"reduce([2, 3, 4], #acc * #, 1)", "24"},
       {"reduce([2, 3, 4], #acc * 10 + #)", "234"},
       {"reduce(['a', 'b'], #acc + # + string(#index), '')", R"("a0b1")"},
       {"reduce([], #acc)", "bad_argument: the array is empty and there is no value to start with"},
       {"first([1, 2])", "1"},
       {"first([])", "null"},
       {"last([1, 2])", "2"},
       {"take([1, 2, 3], 2)", "[1,2]"},
       {"take([1], 5)", "[1]"},
       {"take([1], -1)", "bad_argument: fewer than zero elements cannot be taken"},
       {"reverse([1, 2])", "[2,1]"},
       {"uniq([1, 2, 1.0])", "[1,2]"},
       {"uniq([{a: 1, b: 2}, {b: 2, a: 1}, [1], [1.0], '1'])", R"([{"a":1,"b":2},[1],"1"])"},
       {"concat([1], [2, 3], [])", "[1,2,3]"},
       {"flatten([1, [2, [3]]])", "[1,2,3]"}});
}

TEST_CASE("functions of lists at their edges") {
  check({{"last([])", "null"},
         {"findLast([1], # > 1)", "null"},
         {"findLastIndex([1], # > 1)", "-1"},
         {"groupBy([1, 1.0, '1', null], #)", R"({"1":[1,1.0,"1"],"":[null]})"},
         {"sortBy([{n: 1}, {n: 'a'}], .n)",
          "type_mismatch: numbers and texts have no common order, got int 1 and string \"a\""},
         {"sort([])", "[]"},
         {"reduce([7], #acc + #)", "7"},
         {"reduce([], #acc + #, 5)", "5"},
         {"flatten([])", "[]"},
         {"concat([])", "[]"}});
  for (const char* function : {"all",
                               "any",
                               "one",
                               "none",
                               "filter",
                               "find",
                               "findLast",
                               "findIndex",
                               "findLastIndex",
                               "count"}) {
    const std::string name = function;
    CHECK(outcome_of(name + "([1], # + 1)") ==
          "type_mismatch: the condition of '" + name + "' must be a boolean, got int 2");
  }
}

TEST_CASE("functions of objects and conversions") {
  check({{"keys({b: 1, a: 2})", R"(["b","a"])"},
         {"values({b: 1, a: 2})", "[1,2]"},
         {"toPairs({a: 1})", R"([["a",1]])"},
         {"fromPairs([['a', 1], ['b', 2]])", R"({"a":1,"b":2})"},
         {"fromPairs([[1, 2]])", "bad_argument: a pair is [text, value], got array [1,2]"},
         {R"(get({a: 1}, "b"))", "null"},
         {R"(get({a: 1}, "a"))", "1"},
         {"get([1, 2], -1)", "2"},
         {"get([1], 7)", "null"},
         {"get(null, 'a')", "null"},
         {"get({a: 1}, 1)", "type_mismatch: an object needs a text as key, got int 1"},
         {"map([null, true, 1, 2.0, 'a', [], {}], type(#))",
          R"(["nil","bool","int","float","string","array","map"])"},
         {R"(int("0x1F"))", "31"},
         {"int('-0b101')", "-5"},
         {"int('+7')", "7"},
         {"int(-2.9)", "-2"},
         {"int('-9223372036854775808')", "-9223372036854775808"},
         {"int('9223372036854775808')",
          "overflow: string \"9223372036854775808\" is beyond the 64 bits of an int"},
         {"int('0b12')", "bad_argument: string \"0b12\" is not a number"},
         {"int('1.5')", "bad_argument: string \"1.5\" is not a number"},
         {"int('')", "bad_argument: string \"\" is not a number"},
         {"int(1e19)", "overflow: float 10000000000000000000 is beyond the 64 bits of an int"},
         {R"(float("1e3"))", "1000.0"},
         {"float(2)", "2.0"},
         {"float('-.5')", "-0.5"},
         {"float('nan')", "bad_argument: string \"nan\" is not a number"},
         {"float('1e999')", "bad_argument: string \"1e999\" is not a number"},
         {R"(string([1, "a"]))", R"("[1,\"a\"]")"},
         {"string(null)", R"("")"},
         {"string(5.0)", R"("5")"},
         {"toJSON({a: null})", R"("{\"a\":null}")"},
         {"toJSON([1], 2)", R"("[\n  1\n]")"},
         {"toJSON([1], 9)", "bad_argument: the indent must be from 0 to 8"},
         {R"(fromJSON("[1, 2.5]"))", "[1,2.5]"},
         {"fromJSON('x')", "bad_argument: not JSON: unexpected 'x' at line 1, column 1"},
         {R"(toBase64("Hi"))", R"("SGk=")"},
         {"fromBase64(toBase64('héllo'))", R"("héllo")"},
         {"fromBase64('SGk')", "bad_argument: string \"SGk\" is not base64"},
         {"fromBase64('/w==')", "bad_argument: what is encoded is not UTF-8 text"}});
}

TEST_CASE("conversions at their edges") {
  check({{"int('0o17')", "15"},
         {"int(true)", "type_mismatch: 'int' needs a number or text, got boolean true"},
         {"float(null)", "type_mismatch: 'float' needs a number or text, got null"},
         {"float('abc')", "bad_argument: string \"abc\" is not a number"},
         {"toJSON([1], -1)", "bad_argument: the indent must be from 0 to 8"},
         {"toJSON({b: 1, a: {}}, 0)", R"("{\"b\":1,\"a\":{}}")"},
         {"fromPairs([['a']])", R"(bad_argument: a pair is [text, value], got array ["a"])"},
         {"fromPairs([1])", "bad_argument: a pair is [text, value], got int 1"},
         {"fromJSON('{\"a\":1,\"a\":2}')", R"({"a":2})"},
         {"fromJSON('9223372036854775808')", "9223372036854775808.0"},
         {"keys([])", "type_mismatch: 'keys' needs an object, got array"}});
}

TEST_CASE("choice and time") {
  ScriptedEnvironment environment;
  environment.with("unset", "").with("nothing", "null").with("user", R"({"name":"Ann"})");
  check(
      {{R"(if(2 > 1, "yes", "no"))", R"("yes")"},
       {"if(true, 1, 1 / 0)", "1"},
       {"if(1, 2, 3)", "type_mismatch: 'if' needs a boolean as argument 1, got int 1"},
       {R"(default(null, "User"))", R"("User")"},
       {"default(unset, 1)", "1"},
       {"default(nowhere, 2)", "2"},
       {"default(nowhere.at[3].all, 2)", "2"},
       {"default(user.email, 'none')", R"("none")"},
       {"default(user.name, 'none')", R"("Ann")"},
       {"default(1 / 0, 'none')", "division_by_zero: division by zero"},
       {"duration('500ms')", "0.5"},
       {"duration('soon')",
        "bad_argument: 'soon' is not a duration: write seconds, or numbers with the units d h m s "
        "ms, largest first: 30, 1.5s, 1h30m; at most 3650d"}},
      environment);
}

TEST_CASE("what comes from outside") {
  check({{"len(uuid())", "36"},
         {"uuid() == uuid()", "false"},
         {"len(uniq(map(1..3, uuid())))", "3"},
         {"env('LANG')", R"("C")"},
         {"env('NOWHERE')", "null"},
         {"env('NOWHERE') ?? 'x'", R"("x")"},
         {"env(1)", "type_mismatch: 'env' needs a text, got int 1"},
         {"env()", "arity: 'env' takes 1 argument, got 0: env(name)"},
         {"uuid(1)", "arity: 'uuid' takes no arguments, got 1: uuid()"},
         {"secret('api')", R"("s3cret")"},
         {"secret('db').password", R"("pw")"},
         {"secret('nope')", "bad_argument: there is no credential 'nope'"}});
  CHECK(error_of("'a' + secret('nope')").begin == 13);
  CHECK(error_of("secret('nope')").hint == "goflow cred set nope");
}

TEST_CASE("what an expression looks up outside can be told before it is evaluated") {
  const auto expression =
      Expression::compile("[env('HOME'), map(xs, secret(#)), default(env(x), 1)]");
  REQUIRE(expression.ok());
  const auto lookups = expression->lookups();
  REQUIRE(lookups.size() == 3);
  CHECK(lookups[0].of == Lookup::Of::process_variable);
  CHECK(lookups[0].name == "HOME");
  CHECK(lookups[0].begin == 5);
  CHECK(lookups[0].end == 11);
  CHECK(lookups[1].of == Lookup::Of::secret);
  CHECK(lookups[1].name == std::nullopt);
  CHECK(lookups[2].name == std::nullopt);
}

TEST_CASE("a function can be called with the value on the left of a pipe") {
  ScriptedEnvironment environment;
  environment.with("users", R"([{"name":"Ann","age":40},{"name":"Bo","age":9}])");
  check({{"users | filter(.age >= 18) | map(.name) | join(', ')", R"("Ann")"},
         {"users | len() > 1", "true"},
         {"users | first().name", R"("Ann")"},
         {"1 + 2 | max(1)", "3"},
         {"[3, 1] | sort() | first() + 1", "2"},
         {"users | len", "syntax: unexpected 'len'"}},
        environment);
}

TEST_CASE("functions do what they are called after, for every side of it") {
  check({{"all([5], # > 3)", "true"},
         {"one([5, 6], # > 3)", "false"},
         {"one([1], # > 3)", "false"},
         {"none([1], # > 3)", "true"},
         {"sort([1, 1.0])", "[1,1.0]"},
         {"sort([1.0, 1], 'desc')", "[1.0,1]"},
         {"sort(['b', 'a'], 'asc')", R"(["a","b"])"},
         {"sortBy([{n: 2}, {n: 1}], .n, 'asc')", R"([{"n":1},{"n":2}])"},
         {"sortBy([{n: 'a', k: 1}, {n: 'a', k: 2}], .n) | map(.k)", "[1,2]"},
         {"take([1], 0)", "[]"},
         {"uniq([])", "[]"},
         {"groupBy([], #)", "{}"},
         {"groupBy([3, 1, 3], #) | keys()", R"(["3","1"])"},
         {"count([])", "0"},
         {"trim('xax', 'x')", R"("a")"},
         {"trim('abcba', 'ba')", R"("c")"},
         {"trimSuffix('a.txt.txt', '.txt')", R"("a.txt")"},
         {"splitAfter('a,b,', ',')", R"(["a,","b,",""])"},
         {"split('aéb', '', 2)", R"(["a","éb"])"},
         {"split('abc', 'x')", R"(["abc"])"},
         {"lastIndexOf('éaéa', 'a')", "3"},
         {"len('😀e\u0301')", "3"},
         {"'😀b'[1:2]", R"("b")"},
         {"if(false, 1 / 0, 2)", "2"}});
}

TEST_CASE("numbers are rounded and read exactly") {
  check({{"formatNumber(2.675, 2)", R"("2.67")"},
         {"formatNumber(1.005, 2)", R"("1.00")"},
         {"formatNumber(1e20, 2)", R"("100000000000000000000.00")"},
         {"formatNumber(1234567.891, 1)", R"("1234567.9")"},
         {"formatNumber(-0.0, 0)", R"("0")"},
         {"formatNumber(0.1, 20)", R"("0.10000000000000000555")"},
         {"round(0.5)", "1"},
         {"round(-0.5)", "-1"},
         {"round(0.49999999999999994)", "0"},
         {"ceil(-0.5)", "0"},
         {"floor(2.0)", "2"},
         {"abs(-5.0)", "5.0"},
         {"max(3)", "3"},
         {"max(1, 1.0)", "1"},
         {"mean([9223372036854775807, 9223372036854775807]) > 9e18", "true"},
         {"mean(1, 2, 6)", "3.0"},
         {"median([1])", "1.0"},
         {"sum([1.5, 1.5])", "3.0"},
         {"bitnot(-1)", "0"},
         {"bitshr(-1, 63)", "-1"},
         {"bitushr(-1, 63)", "1"},
         {"int('-0x1F')", "-31"},
         {"int('0b11')", "3"},
         {"int('1_000')", "bad_argument: string \"1_000\" is not a number"},
         {"int(' 5')", "bad_argument: string \" 5\" is not a number"},
         {"int('-')", "bad_argument: string \"-\" is not a number"},
         {"int(2.9)", "2"},
         {"float(' 5')", "bad_argument: string \" 5\" is not a number"},
         {"float('0x10')", "bad_argument: string \"0x10\" is not a number"},
         {"float('inf')", "bad_argument: string \"inf\" is not a number"}});
}
