// One execution on its way through this process, turn by turn: a whole run, or one within another.
#pragma once

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/execution/execution_store.hpp"
#include "engine/interpreter/workflow_run.hpp"
#include "engine/jq/worker.hpp"
#include "engine/local/alarm.hpp"
#include "engine/local/journal.hpp"
#include "engine/local/local_run.hpp"
#include "engine/local/local_runtime.hpp"
#include "engine/loop/event_loop.hpp"
#include "engine/loop/timer.hpp"
#include "engine/mcp/server_pool.hpp"
#include "engine/nodes/scratch.hpp"

#include <optional>
#include <vector>

namespace goflow::engine {

/// Each turn what has happened is answered, the workflow goes on, all that is recorded in one
/// transaction, and then what has begun is carried out.
class ExecutionRun {
 public:
  /// All of them must outlive the run.
  ExecutionRun(const LocalRunRequest& request,
               EventLoop& loop,
               const core::Clock& clock,
               RunObserver& observer);

  /// Records that it goes on, and what was decided about it; before the first turn.
  void start();

  enum class Next {
    rest,  // until something happens
    turn,  // there is more to do right now
    over,
  };
  Next turn();

  /// Shows that its owner lives, and hears what others have left in the record.
  void beat();
  void cancel(const core::CancelRequest& request);
  /// History cannot be written, or belongs to somebody else: nothing more may happen.
  void give_up(core::Error error);

  /// All it can do is wait.
  [[nodiscard]] bool is_waiting() const {
    return execution_.status == core::ExecutionStatus::waiting;
  }
  [[nodiscard]] bool is_cancelled() const { return is_cancelled_; }
  /// Once it is over.
  [[nodiscard]] core::Result<RunResult> result() const;

 private:
  void settle_logs_left();
  bool go_on();
  bool stop_as_remembered();
  bool stop_as_postponed();
  void record_failure(core::Timestamp now);
  bool record_status(bool rests, core::Timestamp now);
  void commit();
  void look_for_signals();
  void stop(core::ExecutionStatus status, core::Failure reason);
  void time_is_up();
  void finish(core::Timestamp now);
  void leave_out_unreached(core::Timestamp now);
  [[nodiscard]] Next next_after_end();
  [[nodiscard]] Next next_after_error() const;

  const LocalRunRequest& request_;
  const core::Clock& clock_;
  RunObserver& observer_;
  core::Execution execution_;
  // Why it was being cancelled, or out of time, when its last owner died.
  std::optional<core::Failure> remembered_stop_;
  Scratch scratch_;
  JqWorker jq_;
  McpServers servers_;
  core::RunSecrets no_secrets_;
  core::RunSecrets& secrets_;
  ActivityServices services_;
  core::LargeValues large_values_;
  const std::vector<core::NodeExecution> decided_;
  Journal journal_;
  LocalRuntime runtime_;
  WorkflowRun run_;
  Alarm deadline_;
  Timer patience_;
  // Both until the replay is over.
  std::optional<core::CancelRequest> postponed_;
  bool is_out_of_time_ = false;
  bool is_cancelled_ = false;
  bool is_over_ = false;
  std::optional<RunResult> result_;  // once it is recorded
  std::optional<core::Error> error_;
};

}  // namespace goflow::engine
