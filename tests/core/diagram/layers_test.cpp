#include "core/diagram/layers.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace goflow::core;

namespace {

/// The nodes of a row, in the order in which they stand.
std::vector<std::size_t> nodes_in(const Layers& layers, std::size_t row) {
  std::vector<std::size_t> nodes;
  for (const std::size_t slot : layers.rows[row]) {
    if (const auto node = layers.slots[slot].node) nodes.push_back(*node);
  }
  return nodes;
}

}  // namespace

TEST_CASE("no nodes, no rows") {
  CHECK(layers_of(0, {}).rows.empty());
}

TEST_CASE("a node stands below the lowest that leads to it") {
  const Layers layers = layers_of(4, {{0, 1}, {1, 2}, {0, 2}, {2, 3}});
  REQUIRE(layers.rows.size() == 4);
  CHECK(nodes_in(layers, 2) == std::vector<std::size_t>{2});
}

TEST_CASE("an edge over several rows has a place of its own in each") {
  const Layers layers = layers_of(3, {{0, 1}, {1, 2}, {0, 2}});
  REQUIRE(layers.rows.size() == 3);
  CHECK(layers.rows[1].size() == 2);
  CHECK(layers.links.size() == 4);
  CHECK(std::count_if(layers.links.begin(), layers.links.end(), [](const LayerLink& link) {
          return link.is_first;
        }) == 3);
}

TEST_CASE("nodes without edges stand side by side, as written") {
  CHECK(nodes_in(layers_of(3, {}), 0) == std::vector<std::size_t>{0, 1, 2});
}

TEST_CASE("a row is sorted so that lines do not cross") {
  // 0 → 3 and 1 → 2, written the wrong way round.
  const Layers layers = layers_of(4, {{0, 3}, {1, 2}});
  CHECK(nodes_in(layers, 1) == std::vector<std::size_t>{3, 2});
}
