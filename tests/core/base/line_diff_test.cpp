#include "core/base/line_diff.hpp"

#include <doctest/doctest.h>

#include <random>

using goflow::core::count_changed_lines;
using goflow::core::unified_diff;

namespace {

std::string diff(std::string_view before, std::string_view after) {
  return unified_diff("a", before, "b", after);
}

/// What is before, or after, the changes that a hunk over the whole text tells of.
std::string side(std::string_view hunk, char sign) {
  std::string text;
  while (!hunk.empty()) {
    const std::string_view line = hunk.substr(0, hunk.find('\n') + 1);
    if (line.front() == ' ' || line.front() == sign) text += line.substr(1);
    hunk.remove_prefix(line.size());
  }
  return text;
}

}  // namespace

TEST_CASE("texts that are the same differ in nothing") {
  CHECK(diff("", "") == "");
  CHECK(diff("a\nb", "a\nb") == "");
}

TEST_CASE("a change is shown with three lines around it") {
  CHECK(diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n") ==
        "--- a\n+++ b\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
}

TEST_CASE("changes share a hunk when what is between them is their surroundings") {
  const std::string between = "1\n2\n3\n4\n5\n6\n";
  CHECK(diff("x\n" + between + "x\n", "y\n" + between + "y\n") ==
        "--- a\n+++ b\n@@ -1,8 +1,8 @@\n-x\n+y\n 1\n 2\n 3\n 4\n 5\n 6\n-x\n+y\n");
  CHECK(diff("x\n" + between + "7\nx\n", "y\n" + between + "7\ny\n") ==
        "--- a\n+++ b\n@@ -1,4 +1,4 @@\n-x\n+y\n 1\n 2\n 3\n@@ -6,4 +6,4 @@\n 5\n 6\n 7\n-x\n+y\n");
}

TEST_CASE("a text may begin from nothing or come to nothing") {
  CHECK(diff("", "a\nb\n") == "--- a\n+++ b\n@@ -0,0 +1,2 @@\n+a\n+b\n");
  CHECK(diff("a\n", "") == "--- a\n+++ b\n@@ -1 +0,0 @@\n-a\n");
}

TEST_CASE("a line break that is missing at the end is a difference") {
  CHECK(diff("a", "a\n") == "--- a\n+++ b\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n");
}

TEST_CASE("the shortest way is found: a line that moved is removed once and added once") {
  const auto counts = count_changed_lines("a\nb\nc\nd\ne\n", "b\nc\nd\ne\na\n");
  CHECK(counts.added == 1);
  CHECK(counts.removed == 1);
}

TEST_CASE("a diff leads from the one text to the other, whatever they are") {
  std::mt19937 random(7);  // NOLINT(cert-msc51-cpp): the same texts each time
  for (int round = 0; round < 2000; ++round) {
    std::string before;
    std::string after;
    for (std::string* text : {&before, &after}) {
      for (auto lines = random() % 8; lines > 0; --lines) {
        *text += std::string(1, static_cast<char>('a' + random() % 3)) + "\n";
      }
    }
    CAPTURE(before);
    CAPTURE(after);
    const std::string text = diff(before, after);
    if (before == after) continue;
    // Seven lines at most: there is no room for a second hunk, but perhaps for a line outside.
    const std::string hunk = text.substr(text.find("@@\n") + 3);
    CHECK(before.find(side(hunk, '-')) != std::string::npos);
    CHECK(after.find(side(hunk, '+')) != std::string::npos);
    const auto counts = count_changed_lines(before, after);
    CHECK(before.size() / 2 + counts.added == after.size() / 2 + counts.removed);
  }
}

TEST_CASE("large texts that have nothing in common are one change, quickly") {
  std::string before;
  std::string after;
  for (int i = 0; i < 100'000; ++i) {
    before += "a" + std::to_string(i) + "\n";
    after += "b" + std::to_string(i) + "\n";
  }
  const auto counts = count_changed_lines(before, after);
  CHECK(counts.added == 100'000);
  CHECK(counts.removed == 100'000);
}
