#include "core/expression/json_path.hpp"

#include "core/value/json.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace goflow::core;

namespace {

/// The result as JSON, or "code: message".
std::string outcome_of(const std::string& path, const std::string& json) {
  const auto describe = [](const ExpressionError& error) {
    return std::string(to_string(error.code)) + ": " + error.message;
  };
  const auto compiled = JsonPath::compile(path);
  if (!compiled) return describe(compiled.error());
  const auto input = parse_json(json);
  REQUIRE_MESSAGE(input.ok(), json);
  const auto value = compiled->evaluate(*input);
  return value ? to_json(*value, FloatForm::typed) : describe(value.error());
}

struct Example {
  std::string path;
  std::string outcome;
};

void check(const std::string& json, const std::vector<Example>& examples) {
  for (const Example& example : examples) {
    CHECK_MESSAGE(outcome_of(example.path, json) == example.outcome, example.path);
  }
}

/// Paths that are refused before they see a value.
void check_refused(const std::vector<Example>& examples) {
  check("{}", examples);
}

ExpressionError error_of(const std::string& path, const std::string& json = "{}") {
  const auto compiled = JsonPath::compile(path);
  if (!compiled) return compiled.error();
  const auto value = compiled->evaluate(*parse_json(json));
  REQUIRE_MESSAGE(!value.ok(), path);
  return value.error();
}

const std::string store = R"({
  "store": {
    "book": [
      {"category": "reference", "author": "Nigel Rees", "price": 8.95},
      {"category": "fiction", "author": "Evelyn Waugh", "price": 12.99},
      {"category": "fiction", "author": "Herman Melville", "isbn": "0-553-21311-3", "price": 8.99},
      {"category": "fiction", "author": "J. R. R. Tolkien", "isbn": "0-395-19395-8", "price": 22.99}
    ],
    "bicycle": {"color": "red", "price": 399}
  }
})";

}  // namespace

TEST_CASE("a singular JSONPath yields the value, or null") {
  check(R"({"a":{"b":[1,{"c":null}],"x y":2},"é_1":3,"$":4})",
        {{"$.a.b[0]", "1"},
         {"$['a'][\"b\"][-2]", "1"},
         {" $ .a\n['x y'] ", "2"},
         {"$.a.b[1].c", "null"},
         {"$.é_1", "3"},
         {"$['$']", "4"},
         {"$.a.nope", "null"},
         {"$.nope.further[0]", "null"},
         {"$.a.b[2]", "null"},
         {"$.a.b[-3]", "null"},
         {"$.a[0]", "null"},
         {"$.a.b.c", "null"}});
  check("[7]", {{"$[0]", "7"}, {"$", "[7]"}});
}

TEST_CASE("every other JSONPath yields an array") {
  check(R"({"o":{"j":1,"k":2},"a":[5,3,{"j":4}]})",
        {{"$.*", R"([{"j":1,"k":2},[5,3,{"j":4}]])"},
         {"$.o[*, *]", "[1,2,1,2]"},
         {"$['a','o']", R"([[5,3,{"j":4}],{"j":1,"k":2}])"},
         {"$.a[0, 0]", "[5,5]"},
         {"$.a[1, -1, 9]", R"([3,{"j":4}])"},
         {"$..j", "[1,4]"},
         {"$..[0]", "[5]"},
         {"$..*", R"([{"j":1,"k":2},[5,3,{"j":4}],1,2,5,3,{"j":4},4])"},
         {"$..['j','k']", "[1,2,4]"},
         {"$.nope.*", "[]"},
         {"$.o.j.*", "[]"}});
}

TEST_CASE("slices clamp their bounds and may run backwards") {
  check(R"(["a","b","c","d","e","f","g"])",
        {{"$[1:3]", R"(["b","c"])"},
         {"$[5:]", R"(["f","g"])"},
         {"$[1:5:2]", R"(["b","d"])"},
         {"$[5:1:-2]", R"(["f","d"])"},
         {"$[::-1]", R"(["g","f","e","d","c","b","a"])"},
         {"$[ -2 : ]", R"(["f","g"])"},
         {"$[:-5]", R"(["a","b"])"},
         {"$[9:]", "[]"},
         {"$[-99:99:3]", R"(["a","d","g"])"},
         {"$[::0]", "[]"},
         {"$[9007199254740991:-9007199254740991:-9007199254740991]", R"(["g"])"}});
  check(R"("text")", {{"$[0:2]", "[]"}});
}

TEST_CASE("the examples of RFC 9535") {
  check(store,
        {{"$.store.book[*].author",
          R"(["Nigel Rees","Evelyn Waugh","Herman Melville","J. R. R. Tolkien"])"},
         {"$..price", "[8.95,12.99,8.99,22.99,399]"},
         {"$..book[2].author", R"(["Herman Melville"])"},
         {"$..book[2].publisher", "[]"},
         {"$..book[-1].author", R"(["J. R. R. Tolkien"])"},
         {"$..book[0,1].price", "[8.95,12.99]"},
         {"$..book[:2].price", "[8.95,12.99]"},
         {"$..book[?@.isbn].price", "[8.99,22.99]"},
         {"$..book[?@.price<10].author", R"(["Nigel Rees","Herman Melville"])"}});
  check(R"({"a":[3,5,1,2,4,6,{"b":"j"},{"b":"k"},{"b":{}},{"b":"kilo"}],)"
        R"("o":{"p":1,"q":2,"r":3,"s":5,"t":{"u":6}},"e":"f"})",
        {{"$.a[?@.b == 'kilo']", R"([{"b":"kilo"}])"},
         {"$.a[?(@.b == 'kilo')]", R"([{"b":"kilo"}])"},
         {"$.a[?@>3.5]", "[5,4,6]"},
         {"$.a[?@.b]", R"([{"b":"j"},{"b":"k"},{"b":{}},{"b":"kilo"}])"},
         {"$[?@.*]",
          R"([[3,5,1,2,4,6,{"b":"j"},{"b":"k"},{"b":{}},{"b":"kilo"}],)"
          R"({"p":1,"q":2,"r":3,"s":5,"t":{"u":6}}])"},
         {"$[?@[?@.b]].length()", "1"},
         {"$.o[?@<3, ?@<3]", "[1,2,1,2]"},
         {"$.a[?@<2 || @.b == \"k\"]", R"([1,{"b":"k"}])"},
         {"$.a[?match(@.b, \"[jk]\")]", R"([{"b":"j"},{"b":"k"}])"},
         {"$.a[?search(@.b, \"[jk]\")]", R"([{"b":"j"},{"b":"k"},{"b":"kilo"}])"},
         {"$.o[?@>1 && @<4]", "[2,3]"},
         {"$.o[?@.u || @.x]", R"([{"u":6}])"},
         {"$.a[?@.b == $.x]", "[3,5,1,2,4,6]"},
         {"$.a[?@ == @].length()", "10"}});
}

TEST_CASE("filters compare as RFC 9535 says") {
  const auto holds = [](const std::string& condition) {
    return outcome_of("$[?" + condition + "]", R"([{"x":[2,3],"t":"b","n":1,"o":{"k":null}}])") !=
           "[]";
  };
  for (const std::string condition : {"@.absent1 == @.absent2",
                                      "@.absent1 <= @.absent2",
                                      "@.absent == @.absent",
                                      "@.n != @.absent",
                                      "1 <= 1.0",
                                      "'a' < 'b'",
                                      "@.n == 1e0",
                                      "@.x == @['x']",
                                      "null == @.o.k",
                                      "true <= true",
                                      "@.o.k >= null",
                                      "!@.absent",
                                      "!(@.n == 2)",
                                      "!(@.n == 2) && @.t == \"b\" || false == true",
                                      "(@.n == 1 || @.n == 2) && @.t",
                                      "length(@.x) == 2",
                                      "length(@.t) == 1",
                                      "length('日本') == 2",
                                      "length(value(@..k)) == length(@.n)",
                                      "count(@.*) == 4",
                                      "count(@..*) > 4",
                                      "value(@..k) == null",
                                      "value(@.x[*]) == @.absent",
                                      "match(@.t, 'b')",
                                      "search('abc', @.t)",
                                      "!match('abc', 'b')",
                                      "@.x.length() == 2",
                                      "@.x[*].length() == 2",
                                      "@.absent.length() == null"}) {
    CHECK_MESSAGE(holds(condition), condition);
  }
  for (const std::string condition : {"@.n < 'b'",
                                      "'a' > 'b'",
                                      "null < null",
                                      "@.absent < 1",
                                      "@.n == '1'",
                                      "@.x > @.x",
                                      "!@.n",
                                      "match(@.n, '1')",
                                      "length(@.n) == 1",
                                      "@.t == 'B'"}) {
    CHECK_MESSAGE(!holds(condition), condition);
  }
}

TEST_CASE("contains looks into arrays, texts and several results") {
  check(R"([{"id":1,"roles":["admin","dev"],"name":"ann","in":[{"n":1}]},)"
        R"({"id":2,"roles":["dev"],"name":"hannah","w":"ann"},{"id":3,"roles":7}])",
        {{"$[?@.roles contains \"admin\"].id", "[1]"},
         {"$[?@.roles[*] contains \"dev\"].id", "[1,2]"},
         {"$[?@.name contains 'ann'].id", "[1,2]"},
         {"$[?@.name contains @.w].id", "[2]"},
         {"$[?@.in contains @.nothing].id", "[]"},
         {"$[?@.in[*].n contains 1].id", "[1]"},
         {"$[?@.name contains 1].id", "[]"},
         {"$[?!(@.roles contains 'dev')].id", "[3]"},
         {"$[?@.containsx]", "[]"}});
}

TEST_CASE(".length() at the end of a path") {
  check(R"({"a":[1,2,3],"o":{"k":1},"t":"日本","n":5,"b":true,"z":null,"length":9})",
        {{"$.a.length()", "3"},
         {"$.o.length()", "1"},
         {"$.t.length()", "2"},
         {"$.z.length()", "null"},
         {"$.nope.length()", "null"},
         {"$.a[*].length()", "3"},
         {"$..nope.length()", "0"},
         {"$.length()", "7"},
         {"$.length", "9"},
         {"$.n.length()",
          "type_mismatch: '.length()' needs a text, array or object, got int 5 at "
          "'$.n.length()'"},
         {"$.b.length()",
          "type_mismatch: '.length()' needs a text, array or object, got boolean "
          "true at '$.b.length()'"}});
}

TEST_CASE("an index on a text is an error only in a singular path") {
  check(R"({"name":"ann","all":["ab",["c"]]})",
        {{"$.name[0]", "type_mismatch: an index needs an array, got string \"ann\""},
         {"$.all[*][0]", R"(["c"])"},
         {"$.all[?@[0] == 'c']", R"([["c"]])"}});
}

TEST_CASE("results come in the order of the document, none twice because of '||'") {
  check(R"([3,{"b":[1,2],"a":4},5])",
        {{"$[?@ == 3 || @ > 2 || @ == 5]", "[3,5]"},
         {"$..*", R"([3,{"b":[1,2],"a":4},5,[1,2],4,1,2])"},
         {"$[2, 0]", "[5,3]"},
         {"$[1]['a', 'b']", "[4,[1,2]]"}});
}

TEST_CASE("there is nothing to find in null") {
  check("null",
        {{"$", "null_access: input of the JSONPath is null"},
         {"$.a", "null_access: input of the JSONPath is null"}});
}

TEST_CASE("numbers pass a JSONPath unchanged") {
  check(R"({"i":9007199254740993,"f":5.0,"e":1e-7})",
        {{"$.*", "[9007199254740993,5.0,1e-7]"},
         {"$[?@ == 9007199254740993]", "[9007199254740993]"},
         {"$[?@ == 5]", "[5.0]"}});
}

TEST_CASE("texts in a JSONPath have the escapes of JSON") {
  check(R"({"a'b":1,"a\"b":2,"é":3,"😀":4,"\n":5,"\\":6,"/":7})",
        {{R"($['a\'b'])", "1"},
         {R"($["a'b"])", "1"},
         {R"($["a\"b"])", "2"},
         {R"($['\u00e9'])", "3"},
         {R"($['\uD83D\uDE00'])", "4"},
         {R"($['\n'])", "5"},
         {R"($['\\'])", "6"},
         {R"($['\/'])", "7"}});
  check_refused(
      {{R"($['\'])", "syntax: the text is not closed"},
       {R"($["\'"])", "syntax: unknown escape '\\''"},
       {R"($['\x41'])", "syntax: unknown escape '\\x'"},
       {R"($['\u12'])", "syntax: '\\u' without the four hexadecimal digits of a character"},
       {R"($['\uD83D'])", "syntax: '\\u' without the four hexadecimal digits of a character"},
       {R"($['\uDE00'])", "syntax: '\\u' without the four hexadecimal digits of a character"},
       {"$['a\nb']", "syntax: control character in a text"},
       {"$['a", "syntax: the text is not closed"}});
}

TEST_CASE("malformed JSONPaths are refused with the place") {
  check_refused(
      {{"", "syntax: the JSONPath is empty"},
       {"  ", "syntax: the JSONPath is empty"},
       {"a.b", "syntax: unexpected 'a'"},
       {"$.", "syntax: unexpected end"},
       {"$. a", "syntax: unexpected blank"},
       {"$..", "syntax: unexpected end"},
       {"$...a", "syntax: unexpected '.'"},
       {"$.a]", "syntax: unexpected ']'"},
       {"$[", "syntax: unexpected end"},
       {"$[0", "syntax: the '[' is not closed"},
       {"$[]", "syntax: unexpected ']'"},
       {"$[0,]", "syntax: unexpected ']'"},
       {"$[a]", "syntax: unexpected 'a'"},
       {"$[0 1]", "syntax: unexpected '1'"},
       {"$[01]", "syntax: '01' is not an index"},
       {"$[-0]", "syntax: '-0' is not an index"},
       {"$[9007199254740992]", "syntax: '9007199254740992' is not an index"},
       {"$[99999999999999999999]", "syntax: '99999999999999999999' is not an index"},
       {"$[-]", "syntax: '-' is not an index"},
       {"$[1.5]", "syntax: unexpected '.'"},
       {"$[(@.length-1)]", "syntax: unexpected '('"},
       {"$.0", "syntax: unexpected '0'"},
       {"$.content-type", "syntax: the name 'content-type' needs quotes"},
       {"$.a.size()", "syntax: unknown function 'size' at the end of a path"},
       {"$.a.length().b", "syntax: unexpected '.'"},
       {"$[?]", "syntax: unexpected ']'"},
       {"$[?@.a ==]", "syntax: unexpected ']'"},
       {"$[?@.a = 1]", "syntax: unexpected '='"},
       {"$[?@.a =~ 'x']", "syntax: unexpected '='"},
       {"$[?@.a and @.b]", "syntax: unexpected 'a'"},
       {"$[?(@.a & @.b)]", "syntax: unexpected '&'"},
       {"$[?(@.a]", "syntax: unexpected ']'"},
       {"$[?!@.a == 1]", "syntax: '!' before a comparison needs parentheses"},
       {"$[?!!@.a]", "syntax: unexpected '!'"},
       {"$[?1]", "syntax: '1' is no condition"},
       {"$[?true]", "syntax: 'true' is no condition"},
       {"$[?length(@)]", "syntax: 'length(@)' is no condition"},
       {"$[?@.a.length()]", "syntax: '@.a.length()' is no condition"},
       {"$[?age > 1]", "syntax: unexpected 'age'"},
       {"$[?@.a == 1.]", "syntax: '1' is not a number"},
       {"$[?@.a == 01]", "syntax: '01' is not a number"},
       {"$[?@.a == 1e999]", "syntax: the number is out of range"},
       {"$[?@.* == 1]", "syntax: a path that may have several results cannot be compared"},
       {"$[?1 == @..a]", "syntax: a path that may have several results cannot be compared"},
       {"$[?length(@.*) == 1]", "syntax: a path that may have several results cannot be compared"},
       {"$[?1 contains @.*]", "syntax: a path that may have several results cannot be compared"},
       {"$[?size(@) == 1]", "unknown_function: unknown function 'size'"},
       {"$[?lenght(@) == 1]", "unknown_function: unknown function 'lenght'"},
       {"$[?length() == 1]", "arity: 'length' takes 1 argument: length(value)"},
       {"$[?count(@.a, @.b) == 1]", "arity: 'count' takes 1 argument: count(path)"},
       {"$[?match(@.a)]", "arity: 'match' takes 2 arguments: match(text, pattern)"},
       {"$[?count(1) == 1]", "syntax: unexpected '1'"},
       {"$[?count(@.a.length()) == 1]",
        "type_mismatch: 'count' takes a path, and '.length()' makes it a number"},
       {"$[?match(@.a, 'x') == true]",
        "type_mismatch: match() and search() are conditions and cannot be compared"},
       {"$[?length(match(@.a, 'x')) == 1]",
        "type_mismatch: match() and search() are conditions, a value is needed here"},
       {"$[?match(@.a, '[')]", "bad_argument: bad pattern: missing ]: ["},
       {"\xff", "syntax: the JSONPath is not UTF-8 text"},
       {"$\x01", "syntax: unexpected control character"}});
  const ExpressionError error = error_of("$.items[?@.a === 1]");
  CHECK(error.begin == 15);
  CHECK(error.end == 16);
}

TEST_CASE("hints say what to write instead") {
  CHECK(error_of("$.content-type").hint == "write ['content-type']");
  CHECK(error_of("$[?lenght(@) == 1]").hint ==
        "did you mean 'length'? functions: length, count, match, search, value");
  CHECK(error_of("$[?age > 1]").hint == "a member of the element is written @.age");
  CHECK(error_of("name").hint == "a JSONPath begins with '$'");
  CHECK(error_of("$[(@.length-1)]").hint ==
        "there are no scripts; the last element is [-1], a filter [?@.a]");
  CHECK(error_of("$[?@.a = 1]").hint ==
        "to compare, write ==; for a pattern: search(@.a, \"pattern\")");
}

TEST_CASE("a JSONPath has limits") {
  CHECK(error_of("$." + std::string(16 * 1024, 'a')).message ==
        "the JSONPath is longer than 16 KiB");
  const auto nested = [](std::size_t depth) {
    return "$[?" + std::string(depth, '(') + "@" + std::string(depth, ')') + "]";
  };
  CHECK(JsonPath::compile(nested(127)).ok());
  CHECK(error_of(nested(128)).code == ExpressionErrorCode::limit);
  std::string calls = "@";
  for (int i = 0; i < 200; ++i) {
    calls = "length(" + calls + ")";
  }
  CHECK(error_of("$[?" + calls + " == 1]").code == ExpressionErrorCode::limit);

  std::string wide = "[0";
  for (int i = 1; i < 2000; ++i) {
    wide += ",0";
  }
  wide += "]";
  CHECK(error_of("$[?count($[*]) == 1]", wide).message ==
        "the evaluation takes more than 1000000 steps");
  CHECK(error_of("$[?match('a', @)]", R"([")" + std::string(1001, 'a') + R"("])").message ==
        "bad pattern: longer than 1000 characters");
  std::string deep = "1";
  for (int i = 0; i < 500; ++i) {
    deep = "[" + deep + "]";
  }
  CHECK(outcome_of("$..*.length()", deep) == "500");
}
