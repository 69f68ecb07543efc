#include "core/diagram/columns.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace goflow::core {
namespace {

constexpr int rounds = 12;
constexpr double pull_of_passages = 4;  // a long line that bends is worse than a node off-centre

using Neighbours = std::vector<std::vector<std::size_t>>;

/// The middles nearest to what is wished that keep their distance: neighbours that would overlap
/// move together, to the weighted mean of their wishes.
class RowFitting {
 public:
  void add(double wish, double weight, double distance) {
    // In coordinates without the distances, "not overlapping" is just "not decreasing".
    offset_ += distance;
    offsets_.push_back(offset_);
    blocks_.push_back({(wish - offset_) * weight, weight, 1});
    while (blocks_.size() > 1 && blocks_[blocks_.size() - 2].mean() > blocks_.back().mean()) {
      const Block last = blocks_.back();
      blocks_.pop_back();
      blocks_.back().sum += last.sum;
      blocks_.back().weight += last.weight;
      blocks_.back().count += last.count;
    }
  }

  [[nodiscard]] std::vector<int> middles() const {
    std::vector<int> middles;
    for (const Block& block : blocks_) {
      for (std::size_t i = 0; i < block.count; ++i) {
        middles.push_back(
            static_cast<int>(std::lround(block.mean()) + std::lround(offsets_[middles.size()])));
      }
    }
    return middles;
  }

 private:
  struct Block {
    double sum;
    double weight;
    std::size_t count;
    [[nodiscard]] double mean() const { return sum / weight; }
  };

  double offset_ = 0;
  std::vector<double> offsets_;
  std::vector<Block> blocks_;
};

/// Half of an even distance is a whole one: what stands above two stands in their middle.
int even(int distance) {
  return distance + distance % 2;
}

double mean_of(const std::vector<std::size_t>& slots, const std::vector<int>& middles) {
  double sum = 0;
  for (const std::size_t slot : slots) {
    sum += middles[slot];
  }
  return sum / static_cast<double>(slots.size());
}

class Columns {
 public:
  Columns(const Layers& layers, const std::vector<SlotExtent>& extents, int space)
      : layers_(layers),
        extents_(extents),
        space_(space),
        middles_(layers.slots.size(), 0),
        above_(layers.slots.size()),
        below_(layers.slots.size()) {
    for (const LayerLink& link : layers.links) {
      above_[link.to].push_back(link.from);
      below_[link.from].push_back(link.to);
    }
  }

  std::vector<int> fit() {
    for (const auto& row : layers_.rows) {
      place(row, {});
    }
    const auto& rows = layers_.rows;
    for (int round = 0; round < rounds; ++round) {
      for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
        place(*row, below_);
      }
      for (const auto& row : rows) {
        place(row, above_);
      }
    }
    begin_at_zero();
    return middles_;
  }

 private:
  /// As near as can be below (or above) the middle of the neighbours, if there are any.
  void place(const std::vector<std::size_t>& row, const Neighbours& neighbours) {
    RowFitting fitting;
    int reach = 0;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::size_t slot = row[i];
      const bool has_wish = !neighbours.empty() && !neighbours[slot].empty();
      const double wish = has_wish ? mean_of(neighbours[slot], middles_) : middles_[slot];
      const double weight = layers_.slots[slot].node ? 1 : pull_of_passages;
      fitting.add(wish, weight, i == 0 ? 0 : even(reach + space_ + extents_[slot].left));
      reach = extents_[slot].right + 1;
    }
    const std::vector<int> middles = fitting.middles();
    for (std::size_t i = 0; i < row.size(); ++i) {
      middles_[row[i]] = middles[i];
    }
  }

  void begin_at_zero() {
    int leftmost = std::numeric_limits<int>::max();
    for (std::size_t slot = 0; slot < middles_.size(); ++slot) {
      leftmost = std::min(leftmost, middles_[slot] - extents_[slot].left);
    }
    for (int& middle : middles_) {
      middle -= leftmost;
    }
  }

  const Layers& layers_;
  const std::vector<SlotExtent>& extents_;
  int space_;
  std::vector<int> middles_;
  Neighbours above_;
  Neighbours below_;
};

}  // namespace

std::vector<int> middles_of(const Layers& layers,
                            const std::vector<SlotExtent>& extents,
                            int space) {
  return Columns(layers, extents, space).fit();
}

}  // namespace goflow::core
