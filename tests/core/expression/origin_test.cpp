#include "core/expression/origin.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace goflow::core;

namespace {

ExpressionError error_at(std::size_t begin, std::size_t end) {
  ExpressionError error;
  error.begin = begin;
  error.end = end;
  return error;
}

Origin at(int line, int column, bool is_verbatim) {
  return {{line, column}, "expr of node 'n'", is_verbatim};
}

}  // namespace

TEST_CASE("a fault in a text that stands in the file has its own line and column") {
  const FaultInText fault = locate(error_at(5, 8), "é + abc", at(7, 10, true));
  CHECK(fault.at.line == 7);
  CHECK(fault.at.column == 14);
  CHECK(fault.line == "é + abc");
  CHECK(fault.begin == 4);
  CHECK(fault.end == 7);

  const FaultInText below = locate(error_at(4, 5), "ab\n\nc\n", at(7, 5, true));
  CHECK(below.at.line == 9);
  CHECK(below.at.column == 5);
  CHECK(below.line == "c");
  CHECK(below.begin == 0);
}

TEST_CASE("of a text that was folded or escaped only the beginning is known") {
  const FaultInText fault = locate(error_at(4, 5), "a + b", at(7, 10, false));
  CHECK(fault.at.line == 7);
  CHECK(fault.at.column == 10);
  CHECK(fault.line == "a + b");
  CHECK(fault.begin == 4);
}

TEST_CASE("a fault marks at least one character, and stays on its line") {
  const FaultInText at_end = locate(error_at(3, 3), "a +", at(1, 1, true));
  CHECK(at_end.begin == 3);
  CHECK(at_end.end == 4);
  const FaultInText across = locate(error_at(0, 5), "ab\ncd", at(1, 1, true));
  CHECK(across.line == "ab");
  CHECK(across.end == 2);
  const FaultInText beyond = locate(error_at(90, 99), "ab", at(1, 1, true));
  CHECK(beyond.begin == 2);
}

TEST_CASE("of a long line the part around the fault is shown") {
  const std::string text = std::string(1000, 'a') + "X" + std::string(1000, 'b');
  const FaultInText fault = locate(error_at(1000, 1001), text, at(1, 1, true));
  CHECK(fault.at.column == 1001);
  CHECK(fault.line.size() == 200);
  CHECK(fault.line[static_cast<std::size_t>(fault.begin)] == 'X');
  CHECK(fault.end == fault.begin + 1);
}
