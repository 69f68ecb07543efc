// A run as JSON lines on stdout, for programs: `--events`.
#pragma once

#include "cli/io/output.hpp"
#include "core/base/clock.hpp"
#include "core/value/value.hpp"
#include "engine/local/run_observer.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace goflow::cli {

/// Every line has `time` and `event`; of a node also `path`, `node` and `type`. The last event is
/// `execution_finished`, with the status and the return value.
class EventLines final : public engine::RunObserver {
 public:
  /// The clock tells when output came.
  EventLines(Output& output, std::string execution_id, const core::Clock& clock);

  void on_note(const engine::Note& note, core::Timestamp at) override;
  void on_status(core::ExecutionStatus status, core::Timestamp at) override;
  void on_output(const std::string& path, std::string_view stream, std::string_view text) override;
  void on_finished(const engine::RunResult& result, core::Timestamp at) override;
  [[nodiscard]] std::optional<std::chrono::milliseconds> tick_interval() const override {
    return std::nullopt;
  }
  void on_tick(core::Timestamp) override {}

 private:
  void emit(std::string_view event, core::Timestamp at, const core::Object& members);
  /// Adds how long it took since the start of this path, and forgets the start.
  void add_duration(core::Object& members, const std::string& path, core::Timestamp at);

  Output& output_;
  std::string execution_id_;
  const core::Clock& clock_;
  std::unordered_map<std::string, core::Timestamp> started_;
  // A piece of output may end inside a character: its first bytes wait for the rest.
  std::unordered_map<std::string, std::string> unfinished_;
};

}  // namespace goflow::cli
