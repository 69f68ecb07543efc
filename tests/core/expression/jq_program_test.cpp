#include "core/expression/jq_program.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <vector>

using namespace goflow::core;

namespace {

using Texts = std::vector<std::string>;

JqProgram compiled(const std::string& text) {
  auto program = JqProgram::compile(text);
  REQUIRE_MESSAGE(program.ok(), text);
  return *std::move(program);
}

Texts names_of(const std::string& text) {
  const JqProgram program = compiled(text);
  Texts names;
  for (const NameUse& use : program.names()) {
    CHECK(text.substr(use.begin, use.end - use.begin) == "$" + use.name);
    names.push_back(use.name);
  }
  return names;
}

/// The offending part, and what is said of it.
std::string fault_of(const std::string& text) {
  const auto program = JqProgram::compile(text);
  REQUIRE_FALSE_MESSAGE(program.ok(), text);
  const ExpressionError& error = program.error();
  return "[" + text.substr(error.begin, error.end - error.begin) + "] " + error.message;
}

}  // namespace

TEST_CASE("a program reads the names that it does not bind itself") {
  CHECK(names_of("map(. + $n) | $limit") == Texts{"n", "limit"});
  CHECK(names_of(". as $x | $x + $y") == Texts{"y"});
  CHECK(names_of(". as [$a, {b: $c}] | $a + $c + $d") == Texts{"d"});
  CHECK(names_of(". as [$a] ?// $b | $a, $b") == Texts{});
  CHECK(names_of("reduce .[] as $x ($start; . + $x)") == Texts{"start"});
  CHECK(names_of("def f($y; g): $y + g; f(1; $z)") == Texts{"z"});
  CHECK(names_of("label $out | break $out") == Texts{});
  CHECK(names_of("\"a \\($who | \"\\($how)\") $not\"") == Texts{"who", "how"});
  CHECK(names_of("{$a, b: $c, \"d\": 1}") == Texts{"a", "c"});
  CHECK(names_of("1 # $not\n+ $n") == Texts{"n"});
  CHECK(names_of("$__loc__.line") == Texts{});
}

TEST_CASE("names that it binds somewhere may be meant otherwise elsewhere") {
  CHECK(compiled("(. as $x | $x), $x, $y").variables() == Texts{"x", "y"});
}

TEST_CASE("what reaches outside is refused, wherever it is called") {
  CHECK(fault_of(".a | input") == "[input] 'input' reaches outside, which jq programs must not");
  CHECK(fault_of("[inputs]").starts_with("[inputs] 'inputs'"));
  CHECK(fault_of("env.HOME").starts_with("[env] 'env'"));
  CHECK(fault_of("$ENV.HOME").starts_with("[$ENV] '$ENV'"));
  CHECK(fault_of("import \"a\" as a; .").starts_with("[import] 'import'"));
  CHECK(fault_of("include \"a\"; .").starts_with("[include] 'include'"));
  CHECK(fault_of("\"\\(halt)\"").starts_with("[halt] 'halt'"));
  CHECK(fault_of("{a: halt_error}").starts_with("[halt_error] 'halt_error'"));
  for (const auto* name : {"debug",
                           "stderr",
                           "input_filename",
                           "input_line_number",
                           "get_search_list",
                           "modulemeta"}) {
    CHECK(fault_of(std::string(". | ") + name).starts_with("[" + std::string(name) + "]"));
  }
}

TEST_CASE("the same words are fields, keys, texts and comments as well") {
  for (const auto* text : {".input",
                           ".a.env",
                           "{input: 1, env}",
                           "{input: $i} | .input",
                           ". as {env: $e} | $e",
                           "\"halt\"",
                           "1 # input",
                           "@base64 \"x\"",
                           "halting",
                           "{a: 1, debug: {stderr: 2}}"}) {
    CAPTURE(text);
    CHECK(JqProgram::compile(text).ok());
  }
}

TEST_CASE("brackets and texts end where they began") {
  CHECK(fault_of(".a | (.b") == "[(] '(' is not closed");
  CHECK(fault_of(".a)") == "[)] ')' closes nothing");
  CHECK(fault_of("[1, (2]") == "[]] ']' closes nothing");
  CHECK(fault_of(". + \"a") == "[\"] the text is not closed");
  CHECK(fault_of("\"a \\(1") == "[\"] the text is not closed");
  CHECK(fault_of("\"a \\(1) b") == "[\"] the text is not closed");
  CHECK(fault_of("\"a\\") == "[\"] the text is not closed");
  CHECK(JqProgram::compile("\"\\\"(\" | 1").ok());
  CHECK(JqProgram::compile("1 # (").ok());
}

TEST_CASE("a program is text of a sensible size") {
  CHECK(fault_of("").ends_with("the jq program is empty"));
  CHECK(fault_of(" \n").ends_with("the jq program is empty"));
  CHECK(fault_of("1\xff").ends_with("the jq program is not UTF-8 text"));
  CHECK(fault_of(std::string("1\0", 2)).ends_with("the jq program holds a NUL character"));
  const auto too_long = JqProgram::compile(std::string((64U << 10U) + 1, '1'));
  REQUIRE_FALSE(too_long.ok());
  CHECK(too_long.error().code == ExpressionErrorCode::limit);
}

TEST_CASE("all programs are one, chosen by halves") {
  const std::vector<JqProgram> programs{compiled(".a # b"), compiled("$n + $m"), compiled("3")};
  const std::string combined = combined_jq(programs);
  CHECK(combined.find("def goflow_0: (\n.a # b\n);\n") != std::string::npos);
  CHECK(combined.find(
            "def goflow_1: $goflow_variables as {\"m\": $m, \"n\": $n} | (\n$n + $m\n);\n") !=
        std::string::npos);
  CHECK(
      combined.ends_with("$goflow_input | if $goflow_program < 1 then goflow_0 else if "
                         "$goflow_program < 2 then goflow_1 else goflow_2 end end"));
  const std::string prelude = combined.substr(0, combined.find("def goflow_0"));
  CHECK(prelude.find('\n') == std::string::npos);
  CHECK(first_line_in_combined_jq() == 2);
}

TEST_CASE("jq must not see whole numbers that it cannot hold") {
  const std::int64_t largest = std::int64_t{1} << 53;
  CHECK(check_exact_in_jq(Value(largest), "the input").ok());
  CHECK(check_exact_in_jq(Value(-largest), "the input").ok());
  CHECK(check_exact_in_jq(Value(1e300), "the input").ok());
  for (const Value& value : {Value(largest + 1),
                             Value(Array{1, Value(-largest - 1)}),
                             Value(Object{{"a", Object{{"b", largest + 1}}}})}) {
    const auto checked = check_exact_in_jq(value, "'n'");
    REQUIRE_FALSE(checked.ok());
    CHECK(checked.error().message.starts_with("'n' holds "));
  }
}
