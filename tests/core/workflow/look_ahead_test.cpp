#include "core/workflow/reader.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace goflow::core;

namespace {

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) {
    all += text;
  }
  return all;
}

/// "V4: one value …", for the first fault.
std::string first_fault(const std::string& text) {
  const auto diagnostics = read_workflow(text).diagnostics;
  if (diagnostics.empty()) return "";
  return "V" + std::to_string(diagnostics.front().rule) + ": " + diagnostics.front().message;
}

const std::string nodes = "\nnodes: [{id: a, run: ls}]\n";

}  // namespace

TEST_CASE("a value in brackets is refused before the parser has kept all of it") {
  const std::string items = repeated("1,", 260'000);
  for (const std::string& beginning :
       {std::string("name: x\nvariables: [{name: a, default: ["),
        std::string("{name: x, variables: [{name: a, default: ["),
        std::string("{\"a \\\" quoted key\": ["),
        std::string("name: x\nvariables:\n  - name: a\n    default:\n    # items\n      [\n"),
        std::string("name: x\nvariables:\n  - {name: a, default: [[[")}) {
    CAPTURE(beginning);
    const std::string fault = first_fault(beginning + items);
    CHECK(fault.find("V4: one value in brackets has 25") == 0);
    CHECK(fault.find("at most 250000 are allowed") != std::string::npos);
  }
}

TEST_CASE("many items in lines of their own are no burden") {
  CHECK(first_fault("name: x\nvariables:\n  - name: a\n    default:\n" +
                    repeated("      - {a: 1, b: [2, 3]}\n", 30'000) + nodes) == "");
}

TEST_CASE("separators within texts are no brackets") {
  const std::string data = repeated("[a, b]: {c, d}, ", 50'000);
  CHECK(first_fault("name: x\nnodes:\n  - id: a\n    run: \"" + data + "\"\n") == "");
  CHECK(first_fault("name: x\nnodes:\n  - id: a\n    run: '" + data + "'\n") == "");
  CHECK(first_fault("name: x\nnodes:\n  - id: a\n    run: |\n      [ " + data + "\n      [ " +
                    data + "\n") == "");
}

TEST_CASE("files of a few bytes are read to their end") {
  for (const char* text : {"", "a", "\n", "{}", "a:", "- ", "\xEF\xBB\xBF"}) {
    CAPTURE(text);
    CHECK_FALSE(read_workflow(text).diagnostics.empty());
  }
}
