// Says nothing about a run: `--quiet`.
#pragma once

#include "engine/local/run_observer.hpp"

namespace goflow::cli {

class QuietProgress final : public engine::RunObserver {
 public:
  void on_note(const engine::Note&, core::Timestamp) override {}
  void on_status(core::ExecutionStatus, core::Timestamp) override {}
  void on_output(const std::string&, std::string_view, std::string_view) override {}
  void on_finished(const engine::RunResult&, core::Timestamp) override {}
  [[nodiscard]] std::optional<std::chrono::milliseconds> tick_interval() const override {
    return std::nullopt;
  }
  void on_tick(core::Timestamp) override {}
};

}  // namespace goflow::cli
