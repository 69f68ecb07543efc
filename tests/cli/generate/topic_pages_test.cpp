#include "cli/generate/topic_pages.hpp"

#include "core/expression/expression.hpp"
#include "core/expression/reference.hpp"
#include "core/settings/setting.hpp"
#include "core/workflow/nodes/node_types.hpp"
#include "core/workflow/reader.hpp"
#include "core/workflow/workflow_keys.hpp"

#include <doctest/doctest.h>

#include <sstream>
#include <string>

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

TEST_CASE("the examples of the language are expressions") {
  std::istringstream lines(example_of(page("goflow-expressions.7")));
  int count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    CAPTURE(line);
    CHECK(core::Expression::compile(line).ok());
  }
  CHECK(count == 3);
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
