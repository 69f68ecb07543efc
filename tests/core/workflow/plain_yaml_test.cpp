#include "core/workflow/yaml/plain_yaml.hpp"

#include "core/workflow/yaml/full_yaml.hpp"
#include "tests/support/same_yaml.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

using namespace goflow;
using namespace goflow::core;

namespace {

/// "plain" when the quick reader gave the tree of the full one, "full" when it left it to that one.
std::string reader_of(const std::string& text) {
  const SourceText source(text);
  const YamlPtr plain = read_plain_yaml(source);
  if (plain == nullptr) return "full";
  Problems problems(source);
  const YamlPtr full = read_full_yaml(source, problems);
  if (full == nullptr) return "accepted what is wrong";
  return test::same_yaml(*plain, *full) ? "plain" : "another tree";
}

}  // namespace

TEST_CASE("what nearly all files are made of is read at once, and as the full reader does") {
  for (const char* text : {
           "a: 1\n",
           "a: 1",
           "a:\n",
           "a:\nb: ~\nc: null\n",
           "a: one two  \nb: x#y\nc: x # a comment\n# another\n\nd: http://a.test:80/b?c=d\n",
           "a: -1\nb: -x\nc: 1.5e3\nd: true\ne: .5\nf: ${x}\ng: $x\nh: ~/here\n",
           "a: \"one \\\"two\\\" \\\\ \\n\\t\"  # comment\nb: 'it''s'\n\"c\": ''\n'd': \"\"\n",
           "a:\n  b:\n    c: 1\n  d: 2\ne: 3\n",
           "a:\n- 1\n- 2\nb:\n  - x: 1\n    y: 2\n  - z\n",
           "- a\n- - b\n  - c\n- d: 1\n  e:\n  - 2\n",
           "a: []\nb: {}\nc: [1, two three, \"4\", 'five', [6], {g: h}]\n",
           "a: {b: 1, \"c\": [d, e], f: http://x.test/y, g: a:b, h: -1, i: ~}  # comment\n",
           "- {\"id\": \"a\", \"run\": \"echo 'x' >> y\", \"env\": {\"A\": \"${b}\"}}\n",
           "a: |\n  one\n    two\n\n  three\nb: 1\n",
           "a: |-\n  one\n\n\nb: |+\n  two\n\n\nc: 1\n",
           "- |\n  one\n- x: |\n    two\n  y: 1\n",
           "a: |\n\n  # no comment\n  - [ no list\n# a comment\nb: 2\n",
           "name: Zoë – 你好\nüber: no\n",
           "1a: x\n_b: y\nc-d.e: z\n",
       }) {
    CAPTURE(text);
    const bool has_foreign_key = std::string(text).find("\nü") != std::string::npos;
    CHECK(reader_of(text) == (has_foreign_key ? "full" : "plain"));
  }
}

TEST_CASE("all else is left to the full reader") {
  for (const char* text : {
           "",
           "\n# nothing\n",
           "text",
           " a: 1\n",
           "a: 1\n  b: 2\n",
           "a: 1\n b: 2\n",
           "a: one\n  two\n",
           "a:\n  one\n",
           "a:\n  - 1\n b: 2\n",
           "a: 1\n- b\n",
           "a: b: c\n",
           "a: b:\n",
           "a: 1\na: 2\n",
           "a: &x 1\nb: *x\n",
           "<<: {a: 1}\n",
           "a: !!str 1\n",
           "a: >\n  one\n",
           "a: |2\n   one\n",
           "a: |\n  one",
           "a: |\nb: 1\n",
           "a: |\n    one\n  two\n",
           "a: \"one\n  two\"\n",
           "a: \"\\u0041\"\n",
           "a: \"b\\",
           "a: \"one\" two\n",
           "a: 'one\n",
           "a: [1,\n  2]\n",
           "a: [1, ]\n",
           "a: [, 1]\n",
           "a: [b: 1]\n",
           "a: [1 2] 3\n",
           "a: {b}\n",
           "a: {b: }\n",
           "a: {b:1}\n",
           "a: {b: 1}}\n",
           "a: [#]\n",
           "a: @b\n",
           "a: `b`\n",
           "a: %b\n",
           "a: ? b\n",
           "? a\n: b\n",
           "a: - b\n",
           "-\n  a: 1\n",
           "a:\tb\n",
           "a: 1\r\n",
           "\xEF\xBB\xBF"
           "a: 1\n",
           "---\na: 1\n",
           "a: 1\n...\n",
           "a: 1\n--- \nb: 2\n",
           "%YAML 1.2\n",
           "a: 99999999999999999999\n",
           "null: 1\n",
       }) {
    CAPTURE(text);
    CHECK(reader_of(text) == "full");
  }
}

TEST_CASE("what is too large is left to the reader that says so") {
  CHECK(reader_of("a: " + std::string(70'000, 'x') + "\n") == "full");
  CHECK(reader_of("a: " + std::string(65, '[') + std::string(65, ']') + "\n") == "full");
  CHECK(reader_of(std::string(200, 'k') + ": 1\n") == "full");
  std::string deep;
  for (int depth = 0; depth < 70; ++depth) {
    deep += std::string(static_cast<std::size_t>(depth), ' ') + "a:\n";
  }
  CHECK(reader_of(deep) == "full");
}

TEST_CASE("both readers agree on every workflow of the tests") {
  namespace fs = std::filesystem;
  int plain = 0;
  for (const auto& entry :
       fs::recursive_directory_iterator(fs::path(GOFLOW_SOURCE_DIR) / "tests/workflows")) {
    if (entry.path().extension() != ".yaml") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    CAPTURE(entry.path().string());
    const std::string reader = reader_of(text);
    CHECK((reader == "plain" || reader == "full"));
    if (reader == "plain") ++plain;
  }
  CHECK(plain > 50);
}
