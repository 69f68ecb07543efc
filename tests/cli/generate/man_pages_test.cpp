#include "cli/generate/man_pages.hpp"

#include "tests/cli/command/sample_tree.hpp"

#include <doctest/doctest.h>

using namespace goflow;
using goflow::test::sample_tree;

namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("there is a page for goflow and one for each command that is not hidden") {
  std::vector<std::string> names;
  for (const auto& page : cli::man_pages(sample_tree()))
    names.push_back(page.name);
  CHECK(names == std::vector<std::string>{"goflow.1",
                                          "goflow-workflow-list.1",
                                          "goflow-exec-list.1",
                                          "goflow-exec-resume.1",
                                          "goflow-exec-delete.1",
                                          "goflow-version.1",
                                          "goflow-help.1",
                                          "goflow-workflow.5",
                                          "goflow-expressions.7",
                                          "goflow-credentials.7",
                                          "goflow-environment.7"});
}

TEST_CASE("a page tells what the declaration tells, and its text is no macro") {
  const std::string page = cli::man_pages(sample_tree())[2].content;
  CHECK(contains(page, ".Dt GOFLOW-EXEC-LIST 1\n"));
  CHECK(contains(page, ".Nd list executions, newest first\n"));
  CHECK(contains(page, ".Op Ar WORKFLOW\n"));
  CHECK(contains(page, "Newest first.\n\\&'done' counts as \\ecompleted.\n"));
  CHECK(contains(page, ".It Fl n , Fl -limit Ar N\nat most so many rows (default 30)\n"));
  CHECK(contains(page, ".It Fl -json Ns Op Ns = Ns Ar FIELDS\n"));
  CHECK(contains(page, ".It Cm status\ncompleted, failed and the like\n"));
  CHECK(contains(page, ".It Li \"goflow exec list --status failed\"\nthose that failed\n"));
  CHECK(!contains(page, "secret"));
}
