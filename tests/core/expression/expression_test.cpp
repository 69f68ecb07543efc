#include "core/expression/expression.hpp"

#include "tests/core/expression/language.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>
#include <vector>

using namespace goflow::core;

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

TEST_CASE("what cannot be grouped needs parentheses") {
  check({{"1 < 2 < 3", "syntax: '<' after '<' needs parentheses"},
         {"1 == 1 == true", "syntax: '==' after '==' needs parentheses"},
         {"1 == !true == false", "syntax: '==' after '==' needs parentheses"},
         {"(1 == 1) == true", "true"},
         {"1..2..3", "syntax: '..' after '..' needs parentheses"},
         {"x ?? 0 + 1",
          "syntax: '?"
          "?' next to '+' needs parentheses"},
         {"1 + x ?? 0",
          "syntax: '?"
          "?' next to '+' needs parentheses"},
         {"x ?? -y ** 2",
          "syntax: '?"
          "?' next to '**' needs parentheses"},
         {"x ?? 1 | string() + 'a'", "unknown_name: undefined variable 'x'"}});
}

TEST_CASE("a prefix operator takes what binds tighter") {
  check({{"2 * !true", "type_mismatch: '*' needs two numbers, got int 2 and boolean"},
         {"not 1 * 2 == 2", "type_mismatch: 'not' needs a boolean, got int"},
         {"- - 1", "1"},
         {"!!true", "true"},
         {"-[3][0]", "-3"},
         {"-'a'", "type_mismatch: '-' needs a number, got string \"a\""}});
}

TEST_CASE("numbers keep their kind and never wrap") {
  check({{"7 / 2", "3.5"},
         {"4 / 2", "2.0"},
         {"7 % -2", "1"},
         {"-7 % 2", "-1"},
         {"7.0 % 2", "1"},
         {"7.5 % 2", "type_mismatch: '%' needs two whole numbers, got float 7.5 and int 2"},
         {"-9223372036854775808 % -1", "0"},
         {"1 + 1.0", "2.0"},
         {"9223372036854775807 + 1", "overflow: the result is beyond the 64 bits of an int"},
         {"-9223372036854775808 - 1", "overflow: the result is beyond the 64 bits of an int"},
         {"- -9223372036854775808", "overflow: the result is beyond the 64 bits of an int"},
         {"4611686018427387904 * 2", "overflow: the result is beyond the 64 bits of an int"},
         {"2 ** 63", "overflow: the result is beyond the 64 bits of an int"},
         {"2 ** 62", "4611686018427387904"},
         {"(-2) ** 63", "-9223372036854775808"},
         {"1e308 * 10", "overflow: the result is not a finite number"},
         {"1 / 0", "division_by_zero: division by zero"},
         {"1 % 0", "division_by_zero: division by zero"},
         {"9223372036854775808",
          "syntax: the number 9223372036854775808 is beyond what 64 bits hold"},
         {"9007199254740993 == 9007199254740992.0", "false"},
         {"9007199254740993 > 9007199254740992.0", "true"},
         {"1 < 1.5", "true"},
         {"-1 > -1.5", "true"},
         {"9223372036854775807 < 1e19", "true"},
         {"-9223372036854775808 >= -1e19", "true"},
         {"5 == 5.0", "true"}});
}

TEST_CASE("results that are no finite number are errors") {
  check({{"0 ** -1", "overflow: the result is not a finite number"},
         {"(-8) ** 0.5", "overflow: the result is not a finite number"},
         {"1e200 * 1e200", "overflow: the result is not a finite number"},
         {"0.0 / 0", "division_by_zero: division by zero"},
         {"1 / 0.0", "division_by_zero: division by zero"},
         {"1.0 % 0", "division_by_zero: division by zero"},
         {"2.0 ** 2", "4.0"}});
}

TEST_CASE("where a whole number is needed, a float without fraction will do") {
  check({{"[1, 2, 3][1.0:2.0]", "[2]"},
         {"1.0..3", "[1,2,3]"},
         {"take([1, 2], 1.0)", "[1]"},
         {"repeat('a', 2.0)", R"("aa")"},
         {"[1, 2][0.5]", "type_mismatch: an array needs a whole number as index, got float 0.5"}});
}

TEST_CASE("equality is deep and asks for no order, order is for numbers and texts") {
  check(
      {{"{a: 1, b: [2]} == {b: [2.0], a: 1}", "true"},
       {"{a: 1} == {a: 1, b: null}", "false"},
       {"[1, 2] == [2, 1]", "false"},
       {"{} == []", "false"},
       {"'1' != 1", "true"},
       {R"("\uFFFF" < "\U00010000")", "true"},
       {"'a' <= 'a' and 'b' >= 'a'", "true"},
       {"true < false",
        "type_mismatch: '<' needs two numbers or two texts, got boolean true and boolean false"},
       {"null < 1", "type_mismatch: '<' needs two numbers or two texts, got null and int 1"},
       {"[1] >= [2]", "type_mismatch: '>=' needs two numbers or two texts, got array and array"}});
}

TEST_CASE("the text form is plain, short and exact") {
  check({{"string(1000000)", R"("1000000")"},
         {"string(99.99)", R"("99.99")"},
         {"string(0.1 + 0.2)", R"("0.30000000000000004")"},
         {"string(-0.0)", R"("0")"},
         {"string(0.000001)", R"("0.000001")"},
         {"string(0.0000002)", R"("2e-7")"},
         {"string(1e20)", R"("100000000000000000000")"},
         {"string(1e21)", R"("1e+21")"},
         {"string(1.5e30)", R"("1.5e+30")"},
         {"string(true)", R"("true")"},
         {"string('a b')", R"("a b")"},
         {"string({b: [1, null], a: 'x'})", R"("{\"b\":[1,null],\"a\":\"x\"}")"},
         {R"(toJSON("é/\"\\\n\x01") == '"é/\\"\\\\\\n\\u0001"')", "true"}});
}

TEST_CASE("reserved words name nothing, but members") {
  for (const char* word : {"true",
                           "false",
                           "null",
                           "nil",
                           "and",
                           "or",
                           "not",
                           "in",
                           "contains",
                           "startsWith",
                           "endsWith",
                           "matches",
                           "let"}) {
    CAPTURE(word);
    const std::string name = word;
    CHECK(outcome_of("let " + name + " = 1; 2") == "syntax: unexpected '" + name + "'");
    CHECK(outcome_of("{" + name + ": 5}." + name) == "5");
    CHECK(outcome_of("{" + name + ": 5}?." + name) == "5");
    CHECK(outcome_of("map([{" + name + ": 5}], ." + name + ")") == "[5]");
  }
}

TEST_CASE("a brace at the beginning of a closure is an object if a key follows") {
  check({{"map([1], {a: #})", R"([{"a":1}])"},
         {"map([1], {'a': #})", R"([{"a":1}])"},
         {"map([1], {2: #})", R"([{"2":1}])"},
         {"map([1], {# + 1})", "[2]"},
         {"map([1], {[#]})", "[[1]]"},
         {"map([1], {('a'): #})", "syntax: unexpected ':'"},
         {"map([1], # index)", "syntax: unexpected 'index'"},
         {"max(1, 2,)", "2"}});
}

TEST_CASE("'not' negates every operator that is a word") {
  check({{"1 not in [1]", "false"},
         {"'abc' not contains 'x'", "true"},
         {"'abc' not startsWith 'a'", "false"},
         {"'abc' not endsWith 'a'", "true"},
         {"'abc' not matches '^a'", "false"},
         {"true not and false", "syntax: unexpected 'not'"}});
}

TEST_CASE("only the chosen side is evaluated, and a condition is a boolean") {
  check({{"true ? 1 : 1 / 0", "1"},
         {"false ? 1 / 0 : 2", "2"},
         {"[1, 2, 3, 4] | len() > 3 ? 'many' : 'few'", R"("many")"},
         {"null ? 1 : 2", "type_mismatch: a condition must be a boolean, got null"},
         {"not 'a'", R"(type_mismatch: 'not' needs a boolean, got string "a")"},
         {"1 in null",
          "type_mismatch: 'in' needs a value and an array, or a text and an object, got int 1 and "
          "null"}});
}

TEST_CASE("a pattern is bounded") {
  check({{"'a' matches '\\\\pL{1000}'",
          "bad_argument: bad pattern: pattern too large - compile failed"},
         {"'a' matches repeat('a', 1000)", "false"},
         {"'a' matches repeat('a', 1001)",
          "bad_argument: bad pattern: longer than 1000 characters"}});
}

TEST_CASE("a literal pattern that is wrong is found without evaluating, any other is not") {
  CHECK_FALSE(Expression::compile("x matches '('").ok());
  CHECK_FALSE(Expression::compile("false and 'a' matches '('").ok());
  CHECK(Expression::compile("x matches y").ok());
  CHECK(Expression::compile("'a' matches upper('(')").ok());
}

TEST_CASE("operators take only the kinds they are for") {
  check(
      {{"'a' + 'b'", R"("ab")"},
       {"'hello' + 42",
        R"(type_mismatch: '+' needs two numbers or two texts, got string "hello" and int 42)"},
       {"1 < 'a'",
        R"(type_mismatch: '<' needs two numbers or two texts, got int 1 and string "a")"},
       {"'a' < 'b'", "true"},
       {"'Z' < 'a' and 'z' < 'é'", "true"},
       {"1 == '1'", "false"},
       {"[1, {a: 2}] == [1.0, {a: 2}]", "true"},
       {"null == false", "false"},
       {"2 in [1, 2]", "true"},
       {"'a' in {a: 1}", "true"},
       {"'b' in {a: 1}", "false"},
       {"1 in {a: 1}",
        "type_mismatch: 'in' needs a value and an array, or a text and an object, got int 1 and "
        "object"},
       {"'a' in 'abc'",
        R"(type_mismatch: 'in' needs a value and an array, or a text and an object, got string "a" and string "abc")"},
       {"'abc' contains 'bc'", "true"},
       {"'abc' startsWith 'ab'", "true"},
       {"'abc' endsWith 'ab'", "false"},
       {"'abc' matches '^a.c$'", "true"},
       {"'xabcx' matches 'a.c'", "true"},
       {"'a' matches '('", "bad_argument: bad pattern: missing ): ("},
       {"true and 1", "type_mismatch: 'and' needs two booleans, got boolean true and int 1"},
       {"false and 1 / 0 == 1", "false"},
       {"true or 1 / 0 == 1", "true"},
       {"1 ? 2 : 3", "type_mismatch: a condition must be a boolean, got int 1"},
       {"1.5..3", "type_mismatch: '..' needs two whole numbers, got float 1.5 and int 3"},
       {"0..1000000", "limit: the range has more than 1000000 elements"},
       {"len(1..1000000)", "1000000"}});
}

TEST_CASE("values from outside are checked when they are used") {
  ScriptedEnvironment environment;
  environment.with("n", "42").with("s", R"("hello")").with("xs", "[1]").with("o", R"({"a":1})");
  check(
      {{"s + n",
        R"(type_mismatch: '+' needs two numbers or two texts, got string "hello" and int 42)"},
       {"n and true", "type_mismatch: 'and' needs two booleans, got int 42"},
       {"not s", R"(type_mismatch: 'not' needs a boolean, got string "hello")"},
       {"s in s",
        R"(type_mismatch: 'in' needs a value and an array, or a text and an object, got string "hello" and string "hello")"},
       {"xs contains 1", "type_mismatch: 'contains' needs two texts, got any value and int 1"},
       {"upper(n)", "type_mismatch: 'upper' needs a text, got int 42"},
       {"split(s, n)", "type_mismatch: 'split' needs a text as argument 2, got int 42"},
       {"n ? 1 : 2", "type_mismatch: a condition must be a boolean, got int 42"},
       {"s matches s", "true"},
       {"map(['a+$', 'b+$', 'b+$', 'a+$'], 'xaa' matches #)", "[true,false,false,true]"},
       {"map(['a', '('], 'a' matches #)", "bad_argument: bad pattern: missing ): ("},
       {"{(n): 1}", "type_mismatch: the key of an object must be a text, got int 42"}},
      environment);
}

TEST_CASE("members, elements and slices") {
  ScriptedEnvironment environment;
  environment.with("user", R"({"email":"a@b","tags":["x","y"],"content-type":"t"})")
      .with("xs", "[10, 20, 30]")
      .with("word", R"("héllo")")
      .with("nothing", "null")
      .with("unset", "");
  check({{"user.email", R"("a@b")"},
         {"user['content-type']", R"("t")"},
         {"user.tags[-1]", R"("y")"},
         {"xs[1.0]", "20"},
         {"xs[3]", "out_of_range: index 3 is outside the array, which has 3 elements"},
         {"xs[-4]", "out_of_range: index -4 is outside the array, which has 3 elements"},
         {"xs['a']", "type_mismatch: an array needs a whole number as index, got string \"a\""},
         {"xs[1:]", "[20,30]"},
         {"xs[:-1]", "[10,20]"},
         {"xs[-99:99]", "[10,20,30]"},
         {"xs[2:1]", "[]"},
         {"word[1:3]", R"("él")"},
         {"word[:]", R"("héllo")"},
         {"word[-2:]", R"("lo")"},
         {"word[0]", R"(type_mismatch: '[ ]' needs an array or object, got string "héllo")"},
         {"word[0:'a']",
          "type_mismatch: the bounds of a slice must be whole numbers, got string \"a\""},
         {"user.emial", "missing_field: no field 'emial' in the object"},
         {"user['emial']", "missing_field: no field 'emial' in the object"},
         {"nothing.a", "null_access: 'nothing' is null"},
         {"nothing[0]", "null_access: 'nothing' is null"},
         {"nothing[1:]", "null_access: 'nothing' is null"},
         {"word.a", R"(type_mismatch: '.a' needs an object, got string "héllo")"},
         {"unset", "no_value: 'unset' has no value yet"},
         {"unset.a", "no_value: 'unset' has no value yet"},
         {"user?.phone", "null"},
         {"user?.phone.number[3]", "null"},
         {"nothing?.a.b", "null"},
         {"unset?.a", "null"},
         {"xs?.[9]", "null"},
         {"nothing?.[1:]", "null"},
         {"(user?.phone).number", "null_access: '(user?.phone)' is null"},
         {"user.phone?.number", "missing_field: no field 'phone' in the object"},
         {"word?.a", R"(type_mismatch: '.a' needs an object, got string "héllo")"},
         {"user.phone.number ?? 'none'", R"("none")"},
         {"xs[9] ?? 0", "0"},
         {"unset ?? 0", "0"},
         {"nothing.a.b ?? 0", "0"},
         {"nowhere ?? 0", "unknown_name: undefined variable 'nowhere'"},
         {"xs[user.phone] ?? 0", "missing_field: no field 'phone' in the object"},
         {"word.a ?? 0", R"(type_mismatch: '.a' needs an object, got string "héllo")"},
         {"map([{a: 1}, {}], .a ?? 0)", "[1,0]"},
         {"user.if ?? 1", "1"}},
        environment);
}

TEST_CASE("with '?.' the rest of the chain is skipped, and nothing else is forgiven") {
  ScriptedEnvironment environment;
  environment.with("o", R"({"a":{"c":1},"z":null})").with("xs", "[1,2]").with("word", R"("hé")");
  environment.with("unset", "");
  check({{"o?.y.x.w", "null"},
         {"o?.z.y", "null_access: 'o?.z' is null"},
         {"o?.['b'].c", "null"},
         {"xs?.[9].z", "null"},
         {"unset?.[0]", "null"},
         {"null?.a", "null"},
         {"o?.a.b.c", "missing_field: no field 'b' in the object"},
         {"o.a?.b.c", "null"},
         {"o?.[0]", "type_mismatch: an object needs a text as key, got int 0"},
         {"xs?.['a']", R"(type_mismatch: an array needs a whole number as index, got string "a")"},
         {"word?.[0]", R"(type_mismatch: '[ ]' needs an array or object, got string "hé")"},
         {"xs?.[1:]", "[2]"},
         {"xs?.[5:]", "[]"}},
        environment);
}

TEST_CASE("'a ?? b' forgives what is absent along a path, but no other error") {
  ScriptedEnvironment environment;
  environment.with("o", R"({"a":{"c":1},"n":5})").with("xs", "[1,null]").with("unset", "");
  check(
      {{"o.b.c.d ?? 1", "1"},
       {"o['b'][3] ?? 1", "1"},
       {"xs[5].a ?? 1", "1"},
       {"xs[1].a ?? 1", "1"},
       {"unset.a[0] ?? 1", "1"},
       {"o.a.c ?? 2", "1"},
       {"o.n.x ?? 1", "type_mismatch: '.x' needs an object, got int 5"},
       {"xs['a'] ?? 1", R"(type_mismatch: an array needs a whole number as index, got string "a")"},
       {"upper(o.b) ?? 1", "missing_field: no field 'b' in the object"},
       {"map(xs, # ?? 0)", "[1,0]"},
       {"map([o], #.b ?? 0)", "[0]"},
       {"map([o], .b ?? 0)", "[0]"},
       {"(1 / 0) ?? 1", "division_by_zero: division by zero"},
       {"default(o.b.c, 1)", "1"},
       {"default(xs[5], 1)", "1"},
       {"default(upper(o.b), 1)", "missing_field: no field 'b' in the object"},
       {"default(false, true)", "false"},
       {"false ?? true", "false"}},
      environment);
}

TEST_CASE("names are checked also where evaluation does not come by") {
  for (const char* text : {"true ? 1 : nowhere",
                           "true or nowhere",
                           "false and nowhere",
                           "map([], nowhere)",
                           "if(true, 1, nowhere)",
                           "1 ?? nowhere"}) {
    const auto expression = Expression::compile(text);
    REQUIRE_MESSAGE(expression.ok(), text);
    REQUIRE_MESSAGE(expression->names().size() == 1, text);
    CHECK_MESSAGE(expression->names()[0].name == "nowhere", text);
    CHECK_FALSE(expression->names()[0].may_be_unknown);
  }
}

TEST_CASE("closures see the innermost element, let keeps an outer one") {
  check({{"filter([1, 5], {# > 3})", "[5]"},
         {"map(['a'], {n: #, at: #index})", R"([{"n":"a","at":0}])"},
         {"map([1], {})", "[{}]"},
         {"map([1], {#})", "[1]"},
         {"map([[1, 2], [3]], map(#, # + #index))", "[[1,3],[3]]"},
         {"map([10, 20], let outer = #; map([1, 2], # + outer))", "[[11,12],[21,22]]"},
         {"let x = 2; let y = x * x; x + y", "6"},
         {"let x = 1; let x = x + 1; x", "2"},
         {"(let x = 1; x) + 1", "2"},
         {"let len = 3; len([len])", "1"},
         {"filter([4, 5], #index > 0)", "[5]"},
         {"sortBy([1, 2], -#index)", "[2,1]"},
         {"groupBy([4, 5], #index)", R"({"0":[4],"1":[5]})"},
         {"sum([4, 5], #index * #)", "5"},
         {"reduce([1, 2, 3], #acc + #index)", "4"},
         {"reduce([1, 2], {#acc + #}, 10)", "13"},
         {"map([[{n: 1}]], map(#, .n))", "[[1]]"},
         {"filter([{c: [{a: 1}], a: 1}, {c: [], a: 2}], let p = #; any(p.c, .a == p.a)) | map(.a)",
          "[1]"},
         {"reduce([1, 2], #acc + len(map([1], #acc)))",
          "syntax: '#acc' outside the closure of 'reduce'"},
         {"#", "syntax: '#' outside a closure"},
         {"#index", "syntax: '#index' outside a closure"},
         {".a", "syntax: '.' outside a closure"},
         {"map([1], #acc)", "syntax: '#acc' outside the closure of 'reduce'"},
         {"map([1], #x)", "syntax: unexpected '#x'"},
         {"let in = 1; 2", "syntax: unexpected 'in'"},
         {"(let x = 1; x) + x", "unknown_name: undefined variable 'x'"}});
}

TEST_CASE("errors say what one may write instead") {
  ScriptedEnvironment environment;
  environment.with("greeting", R"("hello")")
      .with("answer", "42")
      .with("user", R"({"name":"Ann","email":"a@b"})")
      .with("nothing", "null")
      .with("xs", "[]");
  const auto hint = [&](const std::string& text) { return error_of(text, environment).hint; };
  CHECK(hint("user.emial") == "did you mean 'email'? if it may be absent: user?.emial");
  CHECK(hint("user.phone") == "fields: name, email; if it may be absent: user?.phone");
  CHECK(hint("map([user], .phone)") == "fields: name, email; if it may be absent: #?.phone");
  CHECK(hint("xs[0]") == "if it may be absent: xs?.[0]");
  CHECK(hint("nothing.a") == "if it may be null: nothing?.a");
  CHECK(hint("greeting + answer") == "string(answer) makes it text");
  CHECK(hint("upper(answer)") == "string(answer) makes it text");
  CHECK(hint("answr") == "did you mean 'answer'? names: answer, greeting, nothing, user, xs");
  CHECK(hint("uper('a')") == "did you mean 'upper'?");
  CHECK(hint("greeting.contains('h')") == "write: s contains \"x\"");
  CHECK(hint("greeting.upper()") == "write: upper(x) or x | upper()");
  CHECK(hint("'h' in greeting") == "a part of a text: greeting contains 'h'");
  CHECK(hint("[1] contains '1'") == "an element of an array: '1' in [1]");
  CHECK(hint("answer = 42") == "to compare, write ==");
  CHECK(hint("sortBy([1], 'a')") == "a field of the element: .a");
  CHECK(hint("1 + ${answer}") == "names stand alone here: write name, not ${name}");
}

TEST_CASE("errors mark the offending part") {
  ScriptedEnvironment environment;
  environment.with("a", R"({"b":1})").with("s", R"("x")");
  const auto marked = [&](const std::string& text) {
    const ExpressionError error = error_of(text, environment);
    return text.substr(error.begin, error.end - error.begin);
  };
  CHECK(marked("1 + cuont") == "cuont");
  CHECK(marked("a.b + s") == "+");
  CHECK(marked("a.c") == "c");
  CHECK(marked("a['c']") == "'c'");
  CHECK(marked("len(1 + 2)") == "1 + 2");
  CHECK(marked("max(1, (s))") == "s");
  CHECK(marked("len()") == "len");
  CHECK(marked("1 + * 2") == "*");
  CHECK(marked("'a\\q'") == "\\q");
  CHECK(error_of("1 +").begin == 3);
}

TEST_CASE("functions are known and called with as many arguments as they take") {
  check({{"uper('a')", "unknown_function: unknown function 'uper'"},
         {"len()", "arity: 'len' takes 1 argument, got 0: len(value)"},
         {"now(1)", "arity: 'now' takes no arguments, got 1: now()"},
         {"split('a')",
          "arity: 'split' takes 2 to 3 arguments, got 1: split(text, separator[, limit])"},
         {"max()", "arity: 'max' takes at least 1 argument, got 0: max(array) or max(number, …)"},
         {"if(true, 1)", "arity: 'if' takes 3 arguments, got 2: if(condition, then, else)"},
         {"'a'.upper()", "syntax: there are no methods: '.upper(…)'"}});
}

TEST_CASE("malformed texts are refused with a sentence") {
  check({{"", "syntax: the expression is empty"},
         {" // only a comment", "syntax: the expression is empty"},
         {"(1", "syntax: unexpected end"},
         {"[1, 2", "syntax: unexpected end"},
         {"{a: 1", "syntax: unexpected end"},
         {"1)", "syntax: unexpected ')'"},
         {"1 2", "syntax: unexpected '2'"},
         {"'abc", "syntax: the text is not closed"},
         {"'a\nb'", "syntax: the text is not closed"},
         {"1 /* 2", "syntax: the comment is not closed"},
         {"'\\q'", "syntax: unknown escape '\\q'"},
         {"'\\x80'", "syntax: unknown escape '\\x80'"},
         {"'\\ud800'", "syntax: unknown escape '\\ud800'"},
         {"'\\u12'", "syntax: unknown escape '\\u'"},
         {"12abc", "syntax: '12abc' is not a number"},
         {"1__0", "syntax: '1__0' is not a number"},
         {"0x", "syntax: '0x' is not a number"},
         {"0b12", "syntax: '0b12' is not a number"},
         {"1e999", "syntax: the number 1e999 is beyond what 64 bits hold"},
         {"a @ b", "syntax: unexpected '@'"},
         {"a & b", "syntax: unexpected '&'"},
         {"é", "syntax: unexpected 'é'"},
         {"x | 1", "syntax: unexpected '1'"},
         {"${a} + 1", "syntax: '${' within an expression"},
         {std::string("1 + \0", 5), "syntax: unexpected control character"},
         {"'\xff'", "syntax: the expression is not UTF-8 text"},
         {"\xc0\xaf", "syntax: the expression is not UTF-8 text"},
         {std::string(1U << 20U, 'a'), "limit: the expression is longer than 16 KiB"}});
}

TEST_CASE("nesting is bounded, whatever it is made of") {
  const auto repeated = [](std::size_t times, const std::string& text) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i) {
      all += text;
    }
    return all;
  };
  const std::string too_deep = "limit: the expression is nested deeper than 128 levels";
  for (const char* opening : {"(",
                              "[",
                              "{a: ",
                              "-",
                              "!",
                              "1 + (",
                              "2 ** ",
                              "len(",
                              "true ? 1 : ",
                              "let x = 1; ",
                              "let x = ",
                              "x[",
                              "map([1], ",
                              "1 ?? ",
                              "x = ("}) {
    CAPTURE(opening);
    const std::string outcome = outcome_of(repeated(10'000 / std::string(opening).size(), opening));
    CHECK((outcome == too_deep || outcome.starts_with("syntax: ")));
  }
  CHECK(outcome_of(repeated(10'000, "(")) == too_deep);
  CHECK(outcome_of("1" + repeated(4'000, "+ 1")) == too_deep);
  CHECK(outcome_of(repeated(127, "(") + "1" + repeated(127, ")")) == "1");
  CHECK(outcome_of(repeated(128, "(") + "1" + repeated(128, ")")) == too_deep);
}

TEST_CASE("an evaluation is bounded in steps and in what it makes") {
  ScriptedEnvironment environment;
  environment.with("kib", "\"" + std::string(1024, 'x') + "\"");
  check(
      {{"len(map(1..1000, map(1..1000, #)))",
        "limit: the evaluation takes more than 1000000 steps"},
       {"len(repeat(kib, 65536))", "67108864"},
       {"repeat(kib, 65537)",
        "limit: this would make at least 67109888 bytes, 64 MiB is most for one value"},
       {"repeat(kib, 9223372036854775807)",
        "limit: this would make at least 9223372036854775807 bytes, 64 MiB is most for one value"},
       {"len(map(1..900, len(repeat(kib, 1024))))", "900"},
       {"len(map(1..1000, len(repeat(kib, 1024))))",
        "limit: the evaluation takes more than 1000000 steps"},
       {"map(1..100000, kib)",
        "limit: the value is larger than 64 MiB or nested deeper than 512 levels"},
       {"reduce(1..100000, [#acc], 0)",
        "limit: the value is larger than 64 MiB or nested deeper than 512 levels"},
       {"reduce(1..100000, [#acc, #acc], 0)",
        "limit: the value is larger than 64 MiB or nested deeper than 512 levels"}},
      environment);
}

TEST_CASE("the names an expression reads are known before it is evaluated") {
  const auto expression = Expression::compile(
      "let p = a; p + b?.c + (d.e[f] ?? g) + default(h, i) + len(map(j, # + k))");
  REQUIRE(expression.ok());
  std::string uses;
  for (const NameUse& use : expression->names()) {
    CHECK(expression->text().substr(use.begin, use.end - use.begin) == use.name);
    uses += use.name + (use.guarded ? "?" : "") + (use.may_be_unknown ? "!" : "") + " ";
  }
  CHECK(uses == "a b? d? f g h?! i j k ");
}

TEST_CASE("a condition that cannot be boolean is known before it is evaluated") {
  const auto may_be = [](const std::string& text) {
    return Expression::compile(text)->may_be_boolean();
  };
  CHECK(may_be("a"));
  CHECK(may_be("a > 1"));
  CHECK(may_be("a ? true : 1"));
  CHECK(may_be("first(xs)"));
  CHECK_FALSE(may_be("1 + 2"));
  CHECK_FALSE(may_be("a + b"));
  CHECK_FALSE(may_be("'true'"));
  CHECK_FALSE(may_be("len(a)"));
  CHECK_FALSE(may_be("let x = 1; x"));
}

TEST_CASE("one compiled expression is evaluated by several threads at once") {
  const auto expression =
      Expression::compile("map(1..50, let x = #; [x, 'a1' matches '[0-9]', string(x)]) | len()");
  REQUIRE(expression.ok());
  std::atomic<int> right = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        const ScriptedEnvironment environment;
        for (int round = 0; round < 20; ++round) {
          const auto value = expression->evaluate(environment);
          if (value && *value == Value(50)) ++right;
        }
      });
    }
  }
  CHECK(right == 80);
}

TEST_CASE("an expression that is one placeholder means what stands within it") {
  ScriptedEnvironment environment;
  environment.with("people", "[1]");
  CHECK(outcome_of("${people}", environment) == "[1]");
  CHECK(error_of("${peple}", environment).begin == 2);
}
