#include "cli/io/progress_tree.hpp"

#include <algorithm>
#include <utility>

namespace goflow::cli {
namespace {

constexpr std::size_t widest = 100;       // farther apart, a name and its time lose each other
constexpr std::size_t rows_at_end = 100;  // may scroll, but a thousand nodes are for `exec show`

}  // namespace

ProgressTree::ProgressTree(Terminal& terminal,
                           RunOutline outline,
                           const std::vector<core::NodeExecution>& remembered)
    : terminal_(terminal),
      region_(terminal),
      tree_(std::move(outline)),
      view_(terminal.err().style()) {
  for (const core::NodeExecution& node : remembered) {
    tree_.recall(node);
  }
}

void ProgressTree::on_note(const engine::Note& note, core::Timestamp at) {
  tree_.apply(note, at);
  hear(at);
}

void ProgressTree::on_status(core::ExecutionStatus status, core::Timestamp at) {
  status_ = status;
  hear(at);
}

void ProgressTree::on_finished(const engine::RunResult& result, core::Timestamp at) {
  if (!began_at_) began_at_ = at;
  status_ = result.status;
  region_.finish(frame(at, std::max(rows_at_end, terminal_.size().rows - 1)));
}

std::optional<std::chrono::milliseconds> ProgressTree::tick_interval() const {
  return std::chrono::milliseconds{80};
}

void ProgressTree::on_tick(core::Timestamp now) {
  if (!began_at_) began_at_ = now;
  region_.draw(frame(now, terminal_.size().rows - 1));
}

/// The first thing heard is shown at once; after it the ticks are often enough.
void ProgressTree::hear(core::Timestamp at) {
  if (!began_at_) on_tick(at);
}

std::vector<Line> ProgressTree::frame(core::Timestamp now, std::size_t most_rows) {
  return view_.draw(tree_,
                    RunTreeFrame{.status = status_,
                                 .elapsed = now - *began_at_,
                                 .now = now,
                                 .number = frames_++,
                                 .width = std::min(terminal_.size().columns - 1, widest),
                                 .rows = std::max<std::size_t>(most_rows, 2)});
}

}  // namespace goflow::cli
