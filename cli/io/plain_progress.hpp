// The progress of a run for logs: one line per change of state.
#pragma once

#include "cli/io/output.hpp"
#include "cli/io/run_outline.hpp"
#include "engine/local/run_observer.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>

namespace goflow::cli {

class PlainProgress final : public engine::RunObserver {
 public:
  PlainProgress(Output& output, const RunOutline& outline);

  void on_note(const engine::Note& note, core::Timestamp at) override;
  void on_status(core::ExecutionStatus, core::Timestamp) override {}
  void on_output(const std::string&, std::string_view, std::string_view) override {}
  void on_finished(const engine::RunResult&, core::Timestamp) override {}
  [[nodiscard]] std::optional<std::chrono::milliseconds> tick_interval() const override {
    return std::nullopt;
  }
  void on_tick(core::Timestamp) override {}

 private:
  struct Running {
    core::Timestamp since;
    int attempt = 1;
  };

  void start(const engine::NodeStarted& note, core::Timestamp at);
  void miss(const engine::AttemptFailed& note);
  void finish(const engine::NodeFinished& note, core::Timestamp at);
  void tell(std::string_view verb, std::string_view path, std::string_view text);

  Output& output_;
  std::unordered_map<std::string, std::string> details_;
  std::unordered_map<std::string, Running> running_;
  std::size_t longest_id_ = 0;
};

}  // namespace goflow::cli
