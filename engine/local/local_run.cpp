#include "engine/local/local_run.hpp"

#include "core/base/duration.hpp"
#include "engine/interpreter/runnable.hpp"
#include "engine/jq/worker.hpp"
#include "engine/local/alarm.hpp"
#include "engine/local/journal.hpp"
#include "engine/local/jq_programs.hpp"
#include "engine/local/leftovers.hpp"
#include "engine/local/local_runtime.hpp"
#include "engine/loop/event_loop.hpp"
#include "engine/loop/signal_watch.hpp"
#include "engine/nodes/scratch.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <list>
#include <thread>
#include <utility>

namespace goflow::engine {
namespace {

using core::ExecutionStatus;

constexpr std::chrono::seconds heartbeat_interval{5};
// Long enough that the loop costs nothing, short enough that Ctrl-C is heard at once.
constexpr std::size_t steps_per_turn = 256;

int default_concurrency() {
  return std::max(2, static_cast<int>(std::thread::hardware_concurrency()));
}

/// nohup, for one, has it so.
bool is_ignored(int signal) {
  struct sigaction action {};
  return sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

core::Timestamp last_sign_of_life(const LocalRunRequest& request, core::Timestamp now) {
  core::Timestamp last = request.execution.started_at.value_or(now);
  if (request.execution.owner) last = std::max(last, request.execution.owner->heartbeat_at);
  for (const core::NodeExecution& node : request.memory.nodes) {
    last = std::max(last, node.completed_at.value_or(node.started_at.value_or(node.created_at)));
  }
  return std::min(last, now);
}

/// The record of a run that begins now, or goes on. Its time limit does not count the time during
/// which nobody ran it.
core::Execution set_going(const LocalRunRequest& request, core::Timestamp now) {
  core::Execution execution = request.execution;
  execution.status = ExecutionStatus::running;
  if (!execution.started_at) execution.started_at = now;
  if (execution.deadline_at) {
    *execution.deadline_at += now - last_sign_of_life(request, now);
  } else if (request.workflow->timeout) {
    execution.deadline_at = *execution.started_at + *request.workflow->timeout;
  }
  return execution;
}

/// What is remembered once the decisions are part of it.
RunMemory with(const std::vector<core::NodeExecution>& decided, RunMemory memory) {
  for (const core::NodeExecution& node : decided) {
    const auto same_path = [&](const auto& known) { return known.path == node.path; };
    *std::find_if(memory.nodes.begin(), memory.nodes.end(), same_path) = node;
  }
  return memory;
}

core::Failure cancellation(const core::CancelRequest& request) {
  std::string message = "cancelled by " + request.by;
  if (!request.reason.empty()) message += ": " + request.reason;
  return core::Failure{"cancelled", std::move(message)};
}

core::Failure out_of_time(const LocalRunRequest& request, const std::vector<std::string>& paths) {
  std::string message = "timed out";
  // Of a run that was taken up again only the deadline is recorded: the limit may have been set at
  // its start, for that one run.
  if (!request.execution.deadline_at) {
    message += " after " + core::spell_duration(*request.workflow->timeout);
  }
  const char* separator = " while running ";
  for (const std::string& path : paths) {
    message += separator + ("'" + path + "'");
    separator = ", ";
  }
  return core::Failure{"timeout", std::move(message)};
}

/// One run, turn by turn: what has happened is answered, the workflow goes on, all that is recorded
/// in one transaction, and then what has begun is carried out.
class LocalRun {
 public:
  LocalRun(const LocalRunRequest& request, const core::Clock& clock, RunObserver& observer)
      : request_(request),
        clock_(clock),
        observer_(observer),
        execution_(set_going(request, clock.now())),
        scratch_(request.scratch_directory),
        jq_(loop_, request.jq_command, jq_programs(*request.workflow)),
        services_{loop_,
                  scratch_,
                  execution_.id,
                  execution_.workflow_id,
                  execution_.working_directory,
                  request.environment,
                  &jq_},
        decided_(decided_nodes(request.memory.nodes, request.decisions, clock.now())),
        journal_(*request.journal, observer, request.execution),
        runtime_(
            loop_, clock, journal_, Memory(with(decided_, request.memory)), services_, observer),
        run_(*request.workflow,
             execution_.inputs,
             RunIdentity{execution_.id, *execution_.started_at, default_concurrency()},
             runtime_),
        heartbeat_(loop_, [this] { beat(); }),
        tick_(loop_, [this] { observer_.on_tick(clock_.now()); }),
        deadline_(loop_, clock, [this] { time_is_up(); }) {}

  core::Result<RunResult> run() {
    end_leftovers(execution_.id, request_.memory.nodes);
    for (const core::NodeExecution& node : request_.memory.nodes) {
      if (!is_terminal(node.status)) journal_.resume(node);
    }
    for (const core::NodeExecution& node : decided_) {
      journal_.settle(node);
    }
    journal_.note_execution(execution_, clock_.now());
    commit();
    if (!error_) go_through();
    auto released = request_.journal->release();
    if (error_) return *std::move(error_);
    GOFLOW_TRY(std::move(released));
    return *run_.result();
  }

 private:
  void go_through() {
    listen();
    run_.start();
    loop_.on_turn_end([this] { turn(); });
    loop_.run();
  }

  void listen() {
    heartbeat_.repeat(heartbeat_interval);
    if (const auto interval = observer_.tick_interval()) tick_.repeat(*interval);
    if (execution_.deadline_at) deadline_.set(*execution_.deadline_at);
    signals_.emplace_back(loop_, SIGUSR1, [this] { beat(); });
    if (!request_.handle_terminal_signals) return;
    watch(SIGINT, "Ctrl-C");
    watch(SIGTERM, "SIGTERM");
    watch(SIGHUP, "SIGHUP");
  }

  void watch(int signal, std::string name) {
    if (is_ignored(signal)) return;
    signals_.emplace_back(loop_, signal, [this, name = std::move(name)] {
      core::CancelRequest request{clock_.now(), name};
      request.force = is_cancelled_;
      cancel(request);
    });
  }

  void turn() {
    const core::Timestamp now = clock_.now();
    runtime_.begin_turn(now);
    const bool has_answered = runtime_.answer();
    if (error_) return stop_when_all_has_ended();

    const bool can_go_on = go_on();
    const bool has_begun = runtime_.record_begun();
    const bool has_progress = runtime_.record_progress();
    const bool rests = !can_go_on && !runtime_.has_answers();
    const bool has_moved = note_status(rests, now);
    // The last nodes and the end of the run are one transaction, unless the run has just stopped
    // waiting: nothing moves from waiting to its end in one step.
    if (run_.result() && !has_moved) return finish(now);
    if (rests || has_answered || has_begun || has_progress || journal_.is_due(now)) commit();
    if (error_) return stop_when_all_has_ended();

    if (has_begun) runtime_.carry_out();
    if (run_.result()) return finish(now);
    if (!rests || runtime_.has_answers()) loop_.continue_soon();
  }

  /// True: the workflow has more to do right now.
  bool go_on() {
    if (run_.step(steps_per_turn)) return true;
    return !run_.result() && runtime_.recall();
  }

  bool note_status(bool rests, core::Timestamp now) {
    const bool waits = rests && runtime_.has_effects() && !runtime_.has_activities();
    const ExecutionStatus status = waits ? ExecutionStatus::waiting : ExecutionStatus::running;
    if (status == execution_.status) return false;
    execution_.status = status;
    journal_.note_execution(execution_, now);
    return true;
  }

  void commit() {
    if (auto committed = journal_.commit(); !committed) give_up(std::move(committed).error());
  }

  void beat() {
    auto request = request_.journal->heartbeat(clock_.now());
    if (!request) return give_up(std::move(request).error());
    // The same request is seen again and again.
    if (*request && (!is_cancelled_ || (*request)->force)) cancel(**request);
  }

  void cancel(const core::CancelRequest& request) {
    is_cancelled_ = true;
    run_.cancel(ExecutionStatus::cancelled, cancellation(request));
    if (request.force) runtime_.kill();
  }

  void time_is_up() {
    run_.cancel(ExecutionStatus::timed_out, out_of_time(request_, runtime_.active_paths()));
  }

  // History cannot be written, or belongs to somebody else: nothing more may happen.
  void give_up(core::Error error) {
    if (error_) return;
    error_ = std::move(error);
    runtime_.abandon();
  }

  void stop_when_all_has_ended() {
    if (runtime_.has_answers()) return loop_.continue_soon();
    if (!runtime_.has_effects()) loop_.stop();
  }

  void finish(core::Timestamp now) {
    const RunResult& result = *run_.result();
    execution_.status = result.status;
    execution_.completed_at = std::max(now, *execution_.started_at);
    execution_.error = result.failure;
    execution_.return_value = result.return_value;
    journal_.note_execution(execution_, now);
    commit();
    if (!error_) observer_.on_finished(result, now);
    loop_.stop();
  }

  const LocalRunRequest& request_;
  const core::Clock& clock_;
  RunObserver& observer_;
  core::Execution execution_;
  EventLoop loop_;
  Scratch scratch_;
  JqWorker jq_;
  ActivityServices services_;
  const std::vector<core::NodeExecution> decided_;
  Journal journal_;
  LocalRuntime runtime_;
  WorkflowRun run_;
  Timer heartbeat_;
  Timer tick_;
  Alarm deadline_;
  std::list<SignalWatch> signals_;
  bool is_cancelled_ = false;
  std::optional<core::Error> error_;
};

}  // namespace

core::Result<RunResult> run_locally(const LocalRunRequest& request,
                                    const core::Clock& clock,
                                    RunObserver& observer) {
  GOFLOW_TRY(check_runnable(*request.workflow));
  return LocalRun(request, clock, observer).run();
}

}  // namespace goflow::engine
