// Lets the observer of a run hear what happens in a run within it, under the node that runs it.
#pragma once

#include "engine/local/run_observer.hpp"

#include <string>
#include <utility>

namespace goflow::engine {

/// The nodes of the inner run get paths that begin with that of the outer node.
class ChildObserver final : public RunObserver {
 public:
  ChildObserver(RunObserver& outer, std::string node_path)
      : outer_(outer), beginning_(std::move(node_path) + "/") {}

  void on_note(const Note& note, core::Timestamp at) override;
  void on_status(core::ExecutionStatus, core::Timestamp) override {}
  void on_output(const std::string& path, std::string_view stream, std::string_view text) override {
    outer_.on_output(beginning_ + path, stream, text);
  }
  void on_finished(const RunResult&, core::Timestamp) override {}
  [[nodiscard]] std::optional<std::chrono::milliseconds> tick_interval() const override {
    return std::nullopt;
  }
  void on_tick(core::Timestamp) override {}

 private:
  RunObserver& outer_;
  std::string beginning_;
};

}  // namespace goflow::engine
