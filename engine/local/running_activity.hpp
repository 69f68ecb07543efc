// One attempt of a node's work while it goes on: its time limit and what it writes.
#pragma once

#include "core/execution/execution.hpp"
#include "engine/local/run_observer.hpp"
#include "engine/local/stream_log.hpp"
#include "engine/loop/timer.hpp"
#include "engine/nodes/activity.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace goflow::engine {

class RunningActivity {
 public:
  struct Events {
    std::function<void(std::string_view stream, std::string_view text)> on_output;
    std::function<void(EffectOutcome)> on_done;
  };

  /// `effect` carries the attempt of the record.
  RunningActivity(ActivityEffect effect, LogKeeping& logs, Events events);

  core::Result<void, core::Failure> start(ActivityServices& services);
  void cancel();
  void kill();
  /// Its process, at the first call.
  std::optional<core::ProcessRecord> take_new_process();
  /// The logs that have grown since the last call.
  std::vector<core::NodeLog> take_grown_logs(core::Timestamp now);
  /// Files that nobody needs any more once those are recorded.
  std::vector<SpoolFile> take_spent_files();

 private:
  void heard(std::string_view stream, std::string_view text);
  void ended(EffectOutcome outcome);
  void settle_logs();
  EffectOutcome with_logs(EffectOutcome outcome) const;

  ActivityEffect effect_;
  std::string execution_id_;
  Events events_;
  StreamLog out_;
  StreamLog err_;
  Timer time_limit_;
  bool is_out_of_time_ = false;
  std::optional<EffectOutcome> outcome_;  // the work has ended
  bool is_process_taken_ = false;
  std::unique_ptr<Activity> activity_;
};

}  // namespace goflow::engine
