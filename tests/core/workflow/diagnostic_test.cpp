#include "core/workflow/diagnostic.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace goflow::core;

namespace {

Diagnostic at(int line, int column, int width) {
  return {Severity::error, 42, "code", "something is wrong", "do it", {line, column}, width};
}

}  // namespace

TEST_CASE("a problem is shown with its line, the one before, a caret and a hint") {
  CHECK(render(at(2, 5, 3), "a.yaml", "name: x\n  - abc\n") ==
        "error: a.yaml:2:5: something is wrong\n"
        "    1 | name: x\n"
        "    2 |   - abc\n"
        "      |     ^^^\n"
        "hint: do it\n");
}

TEST_CASE("tabs and characters of several bytes keep the caret in its place") {
  CHECK(render(at(1, 4, 2), "a", "\xC3\xA9\t\xC3\xA9xy\n") ==
        "error: a:1:4: something is wrong\n"
        "    1 | \xC3\xA9 \xC3\xA9xy\n"
        "      |    ^^\n"
        "hint: do it\n");
}

TEST_CASE("a long line is cut around the caret") {
  const std::string line = std::string(200, 'a') + "X" + std::string(200, 'b');
  CHECK(render(at(1, 201, 1), "a", line) ==
        "error: a:1:201: something is wrong\n    1 | …" + std::string(40, 'a') + "X" +
            std::string(59, 'b') + "…\n      | " + std::string(41, ' ') + "^\nhint: do it\n");
}

TEST_CASE("a place outside of the text shows no line, and a warning says so") {
  Diagnostic diagnostic = at(7, 1, 1);
  diagnostic.severity = Severity::warning;
  diagnostic.hint = "";
  CHECK(render(diagnostic, "a", "x\n") == "warning: a:7:1: something is wrong\n");
}
