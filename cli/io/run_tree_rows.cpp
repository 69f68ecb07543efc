#include "cli/io/run_tree_rows.hpp"

#include <algorithm>
#include <utility>

namespace goflow::cli {
namespace {

/// A node with those below it that are shown.
struct Entry {
  const RunTreeNode* node = nullptr;
  const RunTreeNode* inside = nullptr;
  std::string count = {};
  std::vector<Entry> children = {};
};

constexpr std::size_t most_children = 8;

std::size_t height(const Entry& entry) {
  std::size_t rows = 1;
  for (const Entry& child : entry.children) {
    rows += height(child);
  }
  return rows;
}

bool is_handler(const RunTreeNode& node) {
  return node.is_group() && node.owner->owner == nullptr;
}

/// Below a node: what is going on, what failed, and the branches and handlers that are over.
bool is_shown_below(const RunTreeNode& owner, const RunTreeNode& child) {
  if (child.is_active() || child.has_failed()) return true;
  return is_handler(owner) || (owner.type == "parallel" && child.is_group());
}

Entry entry_of(const RunTreeNode& node);

std::vector<Entry> entries_below(const RunTreeNode& node) {
  std::vector<Entry> entries;
  std::size_t more = 0;
  for (const auto& child : node.children) {
    if (!is_shown_below(node, *child)) continue;
    if (entries.size() < most_children) {
      entries.push_back(entry_of(*child));
    } else {
      ++more;
    }
  }
  if (more > 0) entries.push_back(Entry{.count = std::to_string(more) + " more"});
  return entries;
}

Entry entry_of(const RunTreeNode& node) {
  Entry entry{.node = &node, .children = entries_below(node)};
  const bool is_alone = entry.children.size() == 1 && entry.children[0].children.empty();
  if (node.is_group() && !is_handler(node) && is_alone) {
    entry.inside = entry.children[0].node;
    entry.children.clear();
  }
  return entry;
}

enum class Phase { over, to_come, going_on };

Phase phase_of(const RunTreeNode& node) {
  if (node.is_active() || node.has_failed()) return Phase::going_on;
  return node.status == core::NodeStatus::pending ? Phase::to_come : Phase::over;
}

/// Takes entries of a phase away, from the front or the back, until the rest fits.
class Folding {
 public:
  Folding(std::vector<Entry> entries, std::size_t most)
      : entries_(std::move(entries)), most_(most) {
    for (const Entry& entry : entries_) {
      rows_ += height(entry);
    }
  }

  std::vector<Entry> fold() {
    hide(Phase::over, entries_.begin(), entries_.end(), over_);
    hide(Phase::to_come, entries_.rbegin(), entries_.rend(), more_);
    hide(Phase::going_on, entries_.rbegin(), entries_.rend(), more_);
    std::vector<Entry> kept;
    if (over_ > 0) kept.push_back(Entry{.count = std::to_string(over_) + " done"});
    for (Entry& entry : entries_) {
      if (entry.node != nullptr) kept.push_back(std::move(entry));
    }
    if (more_ > 0) kept.push_back(Entry{.count = std::to_string(more_) + " more"});
    return kept;
  }

 private:
  template <class Iterator>
  void hide(Phase phase, Iterator from, Iterator to, std::size_t& count) {
    for (; from != to && rows_ > most_; ++from) {
      if (from->node == nullptr || phase_of(*from->node) != phase) continue;
      rows_ -= height(*from);
      from->node = nullptr;
      if (count++ == 0) ++rows_;  // the row that counts them
    }
  }

  std::vector<Entry> entries_;
  std::size_t most_;
  std::size_t rows_ = 0;
  std::size_t over_ = 0;
  std::size_t more_ = 0;
};

void append(std::vector<RunTreeRow>& rows,
            const std::vector<Entry>& entries,
            std::vector<bool> is_last) {
  is_last.push_back(false);
  for (const Entry& entry : entries) {
    is_last.back() = &entry == &entries.back();
    rows.push_back(RunTreeRow{entry.node, entry.inside, entry.count, is_last});
    append(rows, entry.children, is_last);
  }
}

}  // namespace

std::vector<RunTreeRow> rows_of(const RunTree& tree, std::size_t most) {
  std::vector<Entry> entries;
  for (const auto& node : tree.nodes()) {
    entries.push_back(entry_of(*node));
  }
  std::vector<RunTreeRow> rows;
  append(rows, Folding(std::move(entries), most).fold(), {});
  // One node with more below it than fits: its last rows give way.
  if (rows.size() > most) rows.resize(most);
  return rows;
}

}  // namespace goflow::cli
