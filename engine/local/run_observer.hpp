// Who wants to hear how a run goes on: a progress tree, event lines, a test.
#pragma once

#include "engine/interpreter/runtime.hpp"
#include "engine/interpreter/workflow_run.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace goflow::engine {

/// Everything is told after it was recorded, never before.
class RunObserver {
 public:
  virtual ~RunObserver() = default;
  virtual void on_note(const Note& note, core::Timestamp at) = 0;
  /// The run moved: running, waiting and back.
  virtual void on_status(core::ExecutionStatus status, core::Timestamp at) = 0;
  /// A piece of a node's output, as it comes.
  virtual void on_output(const std::string& path,
                         std::string_view stream,
                         std::string_view text) = 0;
  virtual void on_finished(const RunResult& result, core::Timestamp at) = 0;
  /// Called at this interval while the run goes on, if there is one (for spinners).
  [[nodiscard]] virtual std::optional<std::chrono::milliseconds> tick_interval() const = 0;
  virtual void on_tick(core::Timestamp now) = 0;
};

}  // namespace goflow::engine
