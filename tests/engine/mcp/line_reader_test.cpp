#include "engine/mcp/line_reader.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using goflow::engine::LineReader;

namespace {

std::vector<std::string> lines_of(LineReader& reader) {
  std::vector<std::string> lines;
  while (auto line = reader.next()) {
    lines.push_back(*std::move(line));
  }
  return lines;
}

}  // namespace

TEST_CASE("lines come out whole, however they come in") {
  const std::string text = "first\n\nsecond\r\nthird\nwithout end";
  for (std::size_t piece = 1; piece <= text.size(); ++piece) {
    LineReader reader(100);
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size(); at += piece) {
      reader.append(text.substr(at, piece));
      for (std::string& line : lines_of(reader)) {
        lines.push_back(std::move(line));
      }
    }
    CHECK(lines == std::vector<std::string>{"first", "", "second", "third"});
    reader.append("\n");
    CHECK(lines_of(reader) == std::vector<std::string>{"without end"});
  }
}

TEST_CASE("a line that is longer than any may be is noticed before its end") {
  LineReader reader(5);
  reader.append("12345");
  CHECK_FALSE(reader.next());
  CHECK_FALSE(reader.is_overfull());
  reader.append("6");
  CHECK_FALSE(reader.next());
  CHECK(reader.is_overfull());
}

TEST_CASE("many short lines are not one that is too long") {
  LineReader reader(5);
  reader.append("1234\n1234\n1234\n12");
  CHECK(lines_of(reader).size() == 3);
  CHECK_FALSE(reader.is_overfull());
}
