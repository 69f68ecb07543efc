#include "core/workflow/reader.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace goflow::core;

namespace {

std::string with_nodes(int count) {
  std::string text = "name: x\nnodes:\n";
  for (int i = 0; i < count; ++i) {
    text += "- {id: n" + std::to_string(i) + ", run: ls}\n";
  }
  return text;
}

}  // namespace

TEST_CASE("a file of eight mebibytes is read, one byte more is refused") {
  std::string text = "name: x\nnodes: [{id: a, run: ls}]\n#";
  text.resize(8 * 1024 * 1024, '#');
  CHECK(read_workflow(text).diagnostics.empty());
  const auto diagnostics = read_workflow(text + "#").diagnostics;
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics[0].rule == 1);
  CHECK(diagnostics[0].message == "the file has 8388609 bytes, at most 8388608 are allowed");
}

TEST_CASE("a workflow has ten thousand nodes at most") {
  CHECK(read_workflow(with_nodes(10'000)).diagnostics.empty());
  const auto diagnostics = read_workflow(with_nodes(10'001)).diagnostics;
  const auto found =
      std::find_if(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& diagnostic) {
        return diagnostic.rule == 25;
      });
  REQUIRE(found != diagnostics.end());
  CHECK(found->message == "the workflow has more than 10000 nodes, the most there may be");
  CHECK(found->at.line == 10'003);
}

TEST_CASE("a template has one mebibyte at most, a placeholder in it 16 KiB") {
  const auto with_template = [](const std::string& text) {
    return "name: x\nnodes: [{id: a, template: \"" + text + "\"}]\n";
  };
  const auto first = [](const std::string& text) {
    const auto diagnostics = read_workflow(text).diagnostics;
    if (diagnostics.empty()) return std::string();
    return "V" + std::to_string(diagnostics[0].rule) + " " + diagnostics[0].message;
  };
  const std::string text(1024 * 1024, 'x');
  CHECK(first(with_template(text)) == "");
  CHECK(first(with_template(text + "x")) ==
        "V80 template of node 'a': the template is longer than 1 MiB");
  const std::string blanks(16 * 1024 - 1, ' ');
  CHECK(first(with_template("${" + blanks + "1}")) == "");
  CHECK(first(with_template("${ " + blanks + "1}")) ==
        "V80 template of node 'a': the expression is longer than 16 KiB");
}
