#include "core/diagram/layout.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

using namespace goflow::core;

namespace {

DiagramScope chain() {
  return {"chain", {{"one", "shell", "", {}}, {"two", "shell", "", {}}}, {{0, 1}}};
}

/// Edges only lead to later nodes, so there is no cycle.
DiagramScope made_up(std::mt19937& random) {
  DiagramScope scope;
  const std::size_t nodes = 2 + random() % 9;
  for (std::size_t node = 0; node < nodes; ++node) {
    scope.nodes.push_back({std::string(1 + random() % 12, 'n'), "shell", "", {}});
    if (random() % 6 == 0) scope.nodes.back().scopes.push_back(chain());
  }
  for (std::size_t from = 0; from < nodes; ++from) {
    for (std::size_t to = from + 1; to < nodes; ++to) {
      if (random() % 4 == 0) scope.edges.push_back({from, to});
    }
  }
  return scope;
}

bool has(const Frame& outer, const Frame& inner) {
  return outer.at.column < inner.at.column && outer.at.row < inner.at.row &&
         inner.at.column + inner.width < outer.at.column + outer.width &&
         inner.at.row + inner.height < outer.at.row + outer.height;
}

bool are_apart(const Frame& one, const Frame& other) {
  return one.at.column + one.width <= other.at.column ||
         other.at.column + other.width <= one.at.column ||
         one.at.row + one.height <= other.at.row || other.at.row + other.height <= one.at.row;
}

bool is_level(const Stroke& stroke) {
  return stroke.from.row == stroke.to.row && stroke.from.column != stroke.to.column;
}

/// Two lines that have nothing to do with each other lie one on the other. Those that end in the
/// same cell lead to the same node, and may.
bool are_confused(const Stroke& one, const Stroke& other) {
  if (one.net == other.net || is_level(one) != is_level(other)) return false;
  if (is_level(one)) {
    return one.from.row == other.from.row && one.from.column <= other.to.column &&
           other.from.column <= one.to.column;
  }
  return one.from.column == other.from.column && one.from.row < other.to.row &&
         other.from.row < one.to.row && one.to.row != other.to.row;
}

}  // namespace

TEST_CASE("a node follows another below it, with the tip of an arrow between them") {
  const DiagramLayout layout = lay_out(chain());
  REQUIRE(layout.frames.size() == 2);
  CHECK(layout.frames[0].width == 15);  // "│ one  shell  │", with a middle column
  CHECK(layout.frames[1].at.row == 4);
  REQUIRE(layout.arrow_heads.size() == 1);
  CHECK(layout.arrow_heads[0].at.row == 3);
  CHECK(layout.arrow_heads[0].at.column == 7);
  CHECK(layout.height == 7);
}

TEST_CASE("what is within a node lies within its frame") {
  DiagramScope scope;
  scope.nodes.push_back({"fan", "parallel", "", {chain(), chain()}});
  scope.nodes.back().scopes[1].title = "right";
  const DiagramLayout layout = lay_out(scope);
  REQUIRE(layout.frames.size() == 7);
  for (std::size_t i = 1; i < layout.frames.size(); ++i) {
    CHECK(has(layout.frames[0], layout.frames[i]));
  }
}

TEST_CASE("a label has room beside its line") {
  DiagramScope scope{"choice",
                     {{"if", "condition", "", {}}, {"a", "shell", "", {}}, {"b", "shell", "", {}}},
                     {{0, 1, "a rather long label"}, {0, 2, "another one"}}};
  const DiagramLayout layout = lay_out(scope);
  REQUIRE(layout.labels.size() == 2);
  const LineLabel& left = layout.labels[0];
  const LineLabel& right = layout.labels[1];
  CHECK(left.at.column + static_cast<int>(left.text.size()) < right.at.column - 2);
  CHECK(layout.width >= right.at.column + static_cast<int>(right.text.size()));
}

TEST_CASE("in made-up graphs nothing lies on anything else, and nothing is outside") {
  std::mt19937 random(1);
  for (int round = 0; round < 300; ++round) {
    CAPTURE(round);
    const DiagramScope scope = made_up(random);
    const DiagramLayout layout = lay_out(scope);
    CHECK(layout.arrow_heads.size() >= scope.edges.size());
    for (std::size_t i = 0; i < layout.frames.size(); ++i) {
      const Frame& frame = layout.frames[i];
      CHECK(frame.at.column >= 0);
      CHECK(frame.at.column + frame.width <= layout.width);
      CHECK(frame.at.row + frame.height <= layout.height);
      for (std::size_t j = i + 1; j < layout.frames.size(); ++j) {
        CHECK((are_apart(frame, layout.frames[j]) || has(frame, layout.frames[j])));
      }
    }
    for (const Stroke& stroke : layout.strokes) {
      CHECK(std::none_of(layout.strokes.begin(), layout.strokes.end(), [&](const Stroke& other) {
        return are_confused(stroke, other);
      }));
    }
  }
}
