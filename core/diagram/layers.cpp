#include "core/diagram/layers.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace goflow::core {
namespace {

constexpr int sweeps = 8;  // more than that rarely removes another crossing

/// The row of each node: one below the lowest of those that lead to it.
std::vector<std::size_t> rows_of(std::size_t nodes, const std::vector<DiagramEdge>& edges) {
  std::vector<std::size_t> rows(nodes, 0);
  std::vector<std::size_t> waiting_for(nodes, 0);
  std::vector<std::vector<std::size_t>> next(nodes);
  for (const DiagramEdge& edge : edges) {
    ++waiting_for[edge.to];
    next[edge.from].push_back(edge.to);
  }
  std::vector<std::size_t> ready;
  for (std::size_t node = 0; node < nodes; ++node) {
    if (waiting_for[node] == 0) ready.push_back(node);
  }
  while (!ready.empty()) {
    const std::size_t node = ready.back();
    ready.pop_back();
    for (const std::size_t below : next[node]) {
      rows[below] = std::max(rows[below], rows[node] + 1);
      if (--waiting_for[below] == 0) ready.push_back(below);
    }
  }
  return rows;
}

/// Nodes in the order of the file, lines that pass behind them.
Layers first_arrangement(std::size_t nodes, const std::vector<DiagramEdge>& edges) {
  const std::vector<std::size_t> rows = rows_of(nodes, edges);
  Layers layers;
  layers.rows.resize(nodes == 0 ? 0 : *std::max_element(rows.begin(), rows.end()) + 1);
  for (std::size_t node = 0; node < nodes; ++node) {
    layers.slots.push_back({node});
    layers.rows[rows[node]].push_back(node);
  }
  for (std::size_t edge = 0; edge < edges.size(); ++edge) {
    std::size_t above = edges[edge].from;
    for (std::size_t row = rows[above] + 1; row < rows[edges[edge].to]; ++row) {
      const std::size_t passage = layers.slots.size();
      layers.slots.push_back({std::nullopt});
      layers.rows[row].push_back(passage);
      layers.links.push_back({above, passage, edge, above == edges[edge].from});
      above = passage;
    }
    layers.links.push_back({above, edges[edge].to, edge, above == edges[edge].from});
  }
  return layers;
}

/// Where each slot stands in its row.
std::vector<std::size_t> places_in(const Layers& layers) {
  std::vector<std::size_t> places(layers.slots.size());
  for (const auto& row : layers.rows) {
    for (std::size_t place = 0; place < row.size(); ++place) {
      places[row[place]] = place;
    }
  }
  return places;
}

std::size_t crossings(const Layers& layers) {
  const std::vector<std::size_t> places = places_in(layers);
  std::vector<std::size_t> row_of(layers.slots.size());
  for (std::size_t row = 0; row < layers.rows.size(); ++row) {
    for (const std::size_t slot : layers.rows[row]) {
      row_of[slot] = row;
    }
  }
  std::vector<std::vector<std::pair<std::size_t, std::size_t>>> gaps(layers.rows.size());
  for (const LayerLink& link : layers.links) {
    gaps[row_of[link.from]].emplace_back(places[link.from], places[link.to]);
  }
  std::size_t count = 0;
  for (auto& gap : gaps) {
    std::sort(gap.begin(), gap.end());
    for (std::size_t one = 0; one < gap.size(); ++one) {
      for (std::size_t other = one + 1; other < gap.size(); ++other) {
        if (gap[one].first < gap[other].first && gap[one].second > gap[other].second) ++count;
      }
    }
  }
  return count;
}

/// Sorts a row by the mean place of its neighbours; one without neighbours stays where it was.
void sort_by_neighbours(std::vector<std::size_t>& row,
                        const std::vector<std::vector<std::size_t>>& neighbours,
                        const std::vector<std::size_t>& places) {
  const auto wish = [&](std::size_t slot) {
    const auto& near = neighbours[slot];
    if (near.empty()) return static_cast<double>(places[slot]);
    const auto add = [&](double sum, std::size_t other) {
      return sum + static_cast<double>(places[other]);
    };
    return std::accumulate(near.begin(), near.end(), 0.0, add) / static_cast<double>(near.size());
  };
  std::stable_sort(row.begin(), row.end(), [&](std::size_t one, std::size_t other) {
    return wish(one) < wish(other);
  });
}

void sweep(Layers& layers, const std::vector<std::vector<std::size_t>>& neighbours, bool down) {
  const std::size_t rows = layers.rows.size();
  for (std::size_t step = 1; step < rows; ++step) {
    auto& row = layers.rows[down ? step : rows - 1 - step];
    sort_by_neighbours(row, neighbours, places_in(layers));
  }
}

}  // namespace

Layers layers_of(std::size_t nodes, const std::vector<DiagramEdge>& edges) {
  Layers layers = first_arrangement(nodes, edges);
  std::vector<std::vector<std::size_t>> above(layers.slots.size());
  std::vector<std::vector<std::size_t>> below(layers.slots.size());
  for (const LayerLink& link : layers.links) {
    above[link.to].push_back(link.from);
    below[link.from].push_back(link.to);
  }
  Layers best = layers;
  std::size_t fewest = crossings(layers);
  for (int round = 0; round < sweeps && fewest > 0; ++round) {
    const bool down = round % 2 == 0;
    sweep(layers, down ? above : below, down);
    if (const std::size_t count = crossings(layers); count < fewest) {
      fewest = count;
      best = layers;
    }
  }
  return best;
}

}  // namespace goflow::core
