// The live tree of a run, redrawn in place on a terminal.
#pragma once

#include "cli/io/live_region.hpp"
#include "cli/io/run_tree.hpp"
#include "cli/io/run_tree_view.hpp"
#include "cli/io/terminal.hpp"
#include "engine/local/run_observer.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace goflow::cli {

/// Goes to stderr. `remembered`: what an earlier process had done of this execution.
class ProgressTree final : public engine::RunObserver {
 public:
  ProgressTree(Terminal& terminal,
               RunOutline outline,
               const std::vector<core::NodeExecution>& remembered = {});

  void on_note(const engine::Note& note, core::Timestamp at) override;
  void on_status(core::ExecutionStatus status, core::Timestamp at) override;
  void on_output(const std::string&, std::string_view, std::string_view) override {}
  void on_finished(const engine::RunResult& result, core::Timestamp at) override;
  [[nodiscard]] std::optional<std::chrono::milliseconds> tick_interval() const override;
  void on_tick(core::Timestamp now) override;

 private:
  void hear(core::Timestamp at);
  [[nodiscard]] std::vector<Line> frame(core::Timestamp now, std::size_t most_rows);

  Terminal& terminal_;
  LiveRegion region_;
  RunTree tree_;
  RunTreeView view_;
  core::ExecutionStatus status_ = core::ExecutionStatus::running;
  std::optional<core::Timestamp> began_at_;
  std::size_t frames_ = 0;
};

}  // namespace goflow::cli
