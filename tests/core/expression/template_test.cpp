#include "core/expression/template.hpp"

#include "tests/core/expression/language.hpp"

#include <doctest/doctest.h>

using namespace goflow::core;

namespace {

TextTemplate compiled(const std::string& text) {
  auto result = TextTemplate::compile(text);
  REQUIRE_MESSAGE(result.ok(), text);
  return *result;
}

std::string evaluated(const std::string& text, const Environment& environment) {
  const auto value = compiled(text).evaluate(environment);
  return value ? to_json(*value) : std::string(to_string(value.error().code));
}

ExpressionError fault_of(const std::string& text) {
  const auto result = TextTemplate::compile(text);
  REQUIRE_MESSAGE(!result.ok(), text);
  return result.error();
}

}  // namespace

TEST_CASE("a sole placeholder keeps the type of its value, anything else is text") {
  ScriptedEnvironment environment;
  environment.with("count", "2").with("tags", R"(["a"])").with("name", R"(" bo ")");
  environment.with("nothing", "null").with("a", "1").with("b", "2").with("price", "50");
  CHECK(evaluated("${count}", environment) == "2");
  CHECK(evaluated("${ tags }", environment) == R"(["a"])");
  CHECK(evaluated("n=${count} ${tags}", environment) == R"("n=2 [\"a\"]")");
  CHECK(evaluated("${upper(trim(name)) + '!'}", environment) == R"("BO!")");
  CHECK(evaluated("${a}${b}", environment) == R"("12")");
  CHECK(evaluated(" ${count}", environment) == R"(" 2")");
  CHECK(evaluated("[${nothing}]", environment) == R"("[]")");
  CHECK(evaluated("plain", environment) == R"("plain")");
  CHECK(evaluated("", environment) == R"("")");
  CHECK(*compiled("${count}").render(environment) == "2");
}

TEST_CASE("backslashes count only before a placeholder") {
  ScriptedEnvironment environment;
  environment.with("dir", R"("x")").with("price", "50");
  CHECK(evaluated(R"(C:\\${dir})", environment) == R"("C:\\x")");
  CHECK(evaluated(R"(\${price})", environment) == R"("${price}")");
  CHECK(evaluated(R"(\\\${price})", environment) == R"("\\${price}")");
  CHECK(evaluated(R"(a\b\\c $ {x} Cost is $100)", environment) ==
        R"("a\\b\\\\c $ {x} Cost is $100")");
  CHECK(evaluated("$$${price}", environment) == R"("$$50")");
  CHECK(evaluated(R"(${price}\${price})", environment) == R"("50${price}")");
}

TEST_CASE("a placeholder ends at the bracket that matches, not at one in a text or comment") {
  const ScriptedEnvironment environment;
  CHECK(evaluated(R"(${ {"a": "}"}["a"] })", environment) == R"("}")");
  CHECK(evaluated("${ /* } */ 1 }", environment) == "1");
  CHECK(evaluated("${ // }\n 1 }", environment) == "1");
  CHECK(evaluated("${'\\'}'}", environment) == R"("'}")");
  CHECK(evaluated("${`}`}", environment) == R"("}")");
  CHECK(evaluated("${{a: {b: 1}}}", environment) == R"({"a":{"b":1}})");
}

TEST_CASE("what a value contains is not searched for placeholders") {
  ScriptedEnvironment environment;
  environment.with("a", R"("${b}")").with("b", "1");
  CHECK(evaluated("<${a}>", environment) == R"("<${b}>")");
}

TEST_CASE("nothing is quoted or escaped on the way into a text") {
  ScriptedEnvironment environment;
  environment.with("name", R"("say \"hi\"")");
  CHECK(*compiled(R"({"name":"${name}"})").render(environment) == R"({"name":"say "hi""})");
  CHECK(*compiled(R"({"name":${toJSON(name)}})").render(environment) == R"({"name":"say \"hi\""})");
}

TEST_CASE("a faulty placeholder is marked in the text of the template") {
  CHECK(fault_of("ab ${1").message == "the placeholder is not closed");
  CHECK(fault_of("ab ${1").begin == 3);
  CHECK(fault_of("ab ${ }").message == "the placeholder is empty");
  CHECK(fault_of("ab ${1 + }").begin == 9);
  CHECK(fault_of("ab ${a)}").message == "unexpected ')'");
  CHECK(fault_of("${${a}}").message == "'${' within a placeholder");
  CHECK(fault_of("${ ${a} }").message == "'${' within an expression");
  CHECK(fault_of("a ${'${b}'}").message == "'${' within an expression");
  CHECK(fault_of("a ${'${b}'}").begin == 5);
  CHECK(fault_of("a\xff").message == "the template is not UTF-8 text");
  CHECK(fault_of(std::string((1U << 20U) + 1, 'x')).code == ExpressionErrorCode::limit);

  ScriptedEnvironment environment;
  const auto value = compiled("ab ${nowhere}").evaluate(environment);
  REQUIRE_FALSE(value.ok());
  CHECK(value.error().begin == 5);
  CHECK(value.error().end == 12);
}

TEST_CASE("rendered leniently, what is missing is empty and named in a warning") {
  ScriptedEnvironment environment;
  environment.with("user", R"({"name":"Ann"})").with("unset", "").with("xs", "[]");
  environment.with("nothing", "null");
  std::vector<std::string> warnings;
  const auto text = compiled("${user.name}:${user.email}:${unset}:${xs[0]}:${nothing.a}:${nothing}")
                        .render_leniently(environment, warnings);
  REQUIRE(text.ok());
  CHECK(*text == "Ann:::::");
  CHECK(warnings ==
        std::vector<std::string>{"${user.email}: no field 'email' in the object",
                                 "${unset}: 'unset' has no value yet",
                                 "${xs[0]}: index 0 is outside the array, which has no elements",
                                 "${nothing.a}: 'nothing' is null"});
  CHECK_FALSE(compiled("a ${1 / 0}").render_leniently(environment, warnings).ok());
  CHECK_FALSE(compiled("a ${nowhere}").render_leniently(environment, warnings).ok());
}

TEST_CASE("a template knows what it reads") {
  const TextTemplate text = compiled("a ${x + y} ${z?.a}");
  std::string names;
  for (const NameUse& use : text.names()) {
    CHECK(text.text().substr(use.begin, use.end - use.begin) == use.name);
    names += use.name + " ";
  }
  CHECK(names == "x y z ");
  CHECK_FALSE(text.is_literal());
  CHECK(text.sole_placeholder() == nullptr);
  CHECK(compiled("plain").is_literal());
  REQUIRE(compiled("${x}").sole_placeholder() != nullptr);
}

TEST_CASE("a typed template is filled in at any depth") {
  ScriptedEnvironment environment;
  environment.with("n", "2");
  const ValueTemplate literal(Value("as it is"));
  const ValueTemplate sole(compiled("${n}"));
  const ValueTemplate plain(compiled("plain"));
  const ValueTemplate whole(ValueTemplate::Map{
      {"a", ValueTemplate(ValueTemplate::List{literal, sole})}, {"${n}", plain}});
  CHECK(to_json(*whole.evaluate(environment)) == R"({"a":["as it is",2],"${n}":"plain"})");
  CHECK_FALSE(whole.literal().has_value());
  const ValueTemplate fixed(ValueTemplate::List{literal, plain});
  REQUIRE(fixed.literal().has_value());
  CHECK(to_json(*fixed.literal()) == R"(["as it is","plain"])");
}

TEST_CASE("the error of a typed template says in which of its texts it is") {
  const ScriptedEnvironment environment;
  const Origin origin{{7, 12}, "body of node 'n'", true};
  const ValueTemplate whole(
      ValueTemplate::List{ValueTemplate(Value(1)), ValueTemplate(compiled("a ${1 / 0}"), origin)});
  const auto value = whole.evaluate(environment);
  REQUIRE_FALSE(value.ok());
  CHECK(value.error().error.code == ExpressionErrorCode::division_by_zero);
  CHECK(value.error().text == "a ${1 / 0}");
  CHECK(value.error().origin.at.line == 7);
  CHECK(value.error().origin.called == "body of node 'n'");
}

TEST_CASE("parts of a sensible size do not make a value that is too large") {
  ScriptedEnvironment environment;
  environment.with("big", '"' + std::string(40U << 20U, 'x') + '"');
  const ValueTemplate big(compiled("${big}"));
  CHECK(ValueTemplate(ValueTemplate::List{big}).evaluate(environment).ok());
  const auto both = ValueTemplate(ValueTemplate::List{big, big}).evaluate(environment);
  REQUIRE_FALSE(both.ok());
  CHECK(both.error().error.code == ExpressionErrorCode::limit);
  const auto text = compiled("${big}${big}").render(environment);
  REQUIRE_FALSE(text.ok());
  CHECK(text.error().code == ExpressionErrorCode::limit);
  CHECK(text.error().message ==
        "the text has at least 83886080 bytes, 64 MiB is most for one value");
}

TEST_CASE("a discreet environment leaves placeholders that ask for a credential as they are") {
  ScriptedEnvironment environment;
  environment.with("who", "\"ann\"");
  environment.is_discreet = true;
  const auto shown = [&](const char* text) { return *compiled(text).render(environment); };
  CHECK(shown("${who}: Bearer ${secret('api')}!") == "ann: Bearer ${secret('api')}!");
  CHECK(shown("${toBase64(secret('db').password)}") == "${toBase64(secret('db').password)}");
  CHECK(shown("${ who } ${upper(who)}") == "ann ANN");
  CHECK(*compiled("${secret('db')}").evaluate(environment) == Value("${secret('db')}"));
  // What they would have used up is used up all the same.
  CHECK(shown("${uuid() + secret('api')} ${uuid()}").ends_with("3a2"));
  CHECK_FALSE(compiled("${secret('none')}").render(environment).ok());
}
