#include "cli/generate/topic_pages.hpp"

#include "core/expression/expression.hpp"
#include "core/expression/reference.hpp"
#include "core/settings/setting.hpp"
#include "core/workflow/nodes/node_types.hpp"
#include "core/workflow/reader.hpp"
#include "core/workflow/workflow_keys.hpp"
#include "tests/core/expression/language.hpp"

#include <doctest/doctest.h>

#include <sstream>
#include <string>
#include <vector>

using namespace goflow;

namespace {

std::string page(std::string_view name) {
  for (const cli::GeneratedFile& file : cli::topic_pages()) {
    if (file.name == name) return file.content;
  }
  FAIL("no page ", name);
  return {};
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// The lines of the example at the end of a page.
std::string example_of(const std::string& page) {
  constexpr std::string_view begin = ".Bd -literal -offset indent\n";
  const std::size_t at = page.find(begin) + begin.size();
  return page.substr(at, page.find(".Ed\n", at) - at);
}

}  // namespace

TEST_CASE("the example of the format is a valid workflow") {
  const auto reading = core::read_workflow(example_of(page("goflow-workflow.5")));
  CHECK(reading.workflow);
  CHECK(reading.diagnostics.empty());
}

TEST_CASE("the example of the guide to credentials is a workflow that uses them") {
  const std::string guide = page("goflow-credentials.7");
  const std::size_t begin = guide.find("nodes:\n");
  REQUIRE(begin != std::string::npos);
  const std::string text = "name: x\n" + guide.substr(begin, guide.find(".Ed\n", begin) - begin);
  const auto reading = core::read_workflow(text);
  CHECK(reading.workflow);
  CHECK(core::read_credential_names(text) == std::vector<std::string>{"github", "prod/db"});
}

TEST_CASE("the examples of the language yield what they look like") {
  core::ScriptedEnvironment environment;
  environment.with("users", R"([{"name":"Ann","age":40},{"name":"Bo","age":9}])")
      .with("posts", R"([{"author":"Ann","comments":[{"author":"Bo"},{"author":"Ann"}]}])")
      .with("status", "404");
  std::istringstream lines(example_of(page("goflow-expressions.7")));
  std::vector<std::string> outcomes;
  for (std::string line; std::getline(lines, line);) {
    outcomes.push_back(core::outcome_of(line, environment));
  }
  CHECK(outcomes == std::vector<std::string>{R"("Ann")", "true", R"("broken: 404")"});
}

TEST_CASE("what the page of the language writes down can be written") {
  struct Written {
    std::string on_page;
    std::vector<core::Example> samples;
  };
  const std::vector<Written> all{
      {"42, 0xff, 1_000", {{"42", "42"}, {"0xff", "255"}, {"1_000", "1000"}}},
      {"2.5, 1e3", {{"2.5", "2.5"}, {"1e3", "1000.0"}}},
      {R"(""text"", 'text')", {{R"("text")", R"("text")"}, {"'\\n\\u00e9'", R"("\né")"}}},
      {"true, false, null",
       {{"true", "true"}, {"false", "false"}, {"null", "null"}, {"nil == null", "true"}}},
      {"[1, 2]", {{"[1, 2]", "[1,2]"}}},
      {R"({name: 1, ""a b"": 2})", {{R"({name: 1, "a b": 2})", R"({"name":1,"a b":2})"}}},
      {"let x = 1; x + x", {{"let x = 1; x + x", "2"}}},
      {"c ? a : b", {{"true ? 1 : 1 / 0", "1"}, {"false ? 1 / 0 : 2", "2"}}},
      {"x | f(y)", {{"'a' | hasPrefix('a')", "true"}}},
      {"or, ||", {{"true or 1 / 0 == 1", "true"}, {"true || 1 / 0 == 1", "true"}}},
      {"and, &&", {{"false and 1 / 0 == 1", "false"}, {"false && 1 / 0 == 1", "false"}}},
      {"==, !=", {{"1 == 'a'", "false"}, {"1 != [1]", "true"}}},
      {"<, <=, >, >=", {{"1 < 2 and 2 <= 2 and 'b' > 'a' and 'b' >= 'b'", "true"}}},
      {"in", {{"1 in [1]", "true"}, {"'a' in {a: 1}", "true"}}},
      {"contains, startsWith, endsWith",
       {{"'abc' contains 'b' and 'abc' startsWith 'a' and 'abc' endsWith 'c'", "true"}}},
      {"matches", {{"'abc' matches 'b.?'", "true"}}},
      {"a..b", {{"2..4", "[2,3,4]"}}},
      {"+, -, not, !, *, /, %, **",
       {{"not !true", "true"},
        {"1 + 2 - 3 * 4 / 5 % 6 ** 1",
         "type_mismatch: '%' needs two whole numbers, got float 2.4 and int 6"},
        {"'a' + 'b'", R"("ab")"}}},
      {"a ?? b", {{"null ?? 1", "1"}, {"{a: 1}.b ?? 2", "2"}}},
      {"x.name, x[0], x[-1], x[1:3], x?.name",
       {{"{name: 1}.name", "1"},
        {"[1, 2, 3][0]", "1"},
        {"[1, 2, 3][-1]", "3"},
        {"[1, 2, 3, 4][1:3]", "[2,3]"},
        {"null?.name", "null"}}}};
  const std::string text = page("goflow-expressions.7");
  for (const auto& [on_page, samples] : all) {
    CHECK_MESSAGE(contains(text, ".It Li \"" + on_page + "\"\n"), on_page);
    core::check(samples);
  }
}

TEST_CASE("the page of the format names every key and every type of node") {
  const std::string text = page("goflow-workflow.5");
  CHECK(contains(text, ".Dt GOFLOW-WORKFLOW 5\n"));
  for (const core::Key& key : core::workflow_keys()) {
    CHECK(contains(text, ".It Cm " + std::string(key.name)));
  }
  for (const core::NodeTypeFacts& type : core::node_types()) {
    CHECK(contains(text, ".Ss " + std::string(type.word) + "\n"));
    for (const core::Key& key : type.keys) {
      CHECK(contains(text, ".It Cm " + std::string(key.name)));
    }
  }
}

TEST_CASE("the page of the language has every function, with what it yields") {
  const std::string text = page("goflow-expressions.7");
  for (const core::FunctionSection& section : core::function_reference()) {
    for (const core::FunctionReference& function : section.functions) {
      CAPTURE(function.signature);
      CHECK_FALSE(function.meaning.empty());
      const std::string name(function.signature.substr(0, function.signature.find('(')));
      CHECK(contains(text, ".It Li \"" + name + "("));
    }
  }
}

TEST_CASE("the page of the environment has every setting") {
  const std::string text = page("goflow-environment.7");
  CHECK(contains(text, ".It Ev GOFLOW_OUTPUT\n"));
  for (const core::Setting* setting : core::all_settings()) {
    CHECK(contains(text, ".It Cm " + std::string(setting->name) + "\n"));
  }
}
