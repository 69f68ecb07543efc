#include "engine/local/execution_run.hpp"

#include "core/base/duration.hpp"
#include "engine/local/jq_programs.hpp"
#include "engine/local/leftovers.hpp"
#include "engine/local/log_settlement.hpp"
#include "engine/local/masking.hpp"
#include "engine/local/reopening.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <thread>
#include <utility>

namespace goflow::engine {
namespace {

using core::ExecutionStatus;

// Long enough that the loop costs nothing, short enough that Ctrl-C is heard at once.
constexpr std::size_t steps_per_turn = 256;
// The same for rounds that only compute: how long until timers and signals are looked at.
constexpr std::chrono::milliseconds longest_turn{1};
// What has not ended so long after a cancellation is killed.
constexpr std::chrono::seconds patience_with_nodes{10};

int default_concurrency() {
  return std::max(2, static_cast<int>(std::thread::hardware_concurrency()));
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

/// Only what stopped the run from outside: a node that failed fails again in the replay.
std::optional<core::Failure> stop_in(const core::Execution& execution) {
  const auto& error = execution.error;
  const bool is_stop = !is_terminal(execution.status) && error && error->node.empty() &&
                       (error->type == "cancelled" || error->type == "timeout");
  return is_stop ? error : std::nullopt;
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

}  // namespace

ExecutionRun::ExecutionRun(const LocalRunRequest& request,
                           EventLoop& loop,
                           const core::Clock& clock,
                           RunObserver& observer)
    : request_(request),
      clock_(clock),
      observer_(observer),
      execution_(set_going(request, clock.now())),
      remembered_stop_(stop_in(request.execution)),
      scratch_(request.scratch_directory),
      jq_(loop, request.jq_command, jq_programs(*request.workflow)),
      servers_(loop),
      secrets_(request.secrets != nullptr ? *request.secrets : no_secrets_),
      services_{loop,
                scratch_,
                execution_.id,
                execution_.workflow_id,
                execution_.working_directory,
                request.environment,
                secrets_.redactor(),
                &jq_,
                &servers_},
      large_values_(request.claim_check, execution_.id, secrets_.redactor(), clock),
      decided_(decided_nodes(request.memory.nodes, request.decisions, clock.now())),
      journal_(*request.journal, observer, request.execution),
      runtime_(loop,
               clock,
               journal_,
               Memory(with(decided_, request.memory)),
               services_,
               request,
               secrets_,
               large_values_,
               observer),
      run_(*request.workflow,
           execution_.inputs,
           RunIdentity{execution_.id,
                       *execution_.started_at,
                       default_concurrency(),
                       execution_.instance_env},
           runtime_),
      deadline_(loop, clock, [this] { time_is_up(); }),
      patience_(loop, [this] {
        if (!run_.is_in_handlers()) runtime_.kill_activities();
      }) {}

void ExecutionRun::start() {
  end_leftovers(execution_.id, request_.memory.nodes);
  for (const core::NodeExecution& node : request_.memory.nodes) {
    if (!is_terminal(node.status)) journal_.resume(node);
  }
  for (const core::NodeExecution& node : decided_) {
    journal_.settle(node);
  }
  settle_logs_left();
  journal_.note_execution(execution_, clock_.now());
  commit();
  if (error_) return;
  if (execution_.deadline_at) deadline_.set(*execution_.deadline_at);
  run_.start();
  // Whatever was left in the record before anybody could hear of it.
  beat();
}

/// What the last owner of the run had not come to put where it stays.
void ExecutionRun::settle_logs_left() {
  for (const core::NodeLog& log : request_.memory.spooled_logs) {
    if (log.spool.empty()) continue;
    auto file = SpoolFile::open(request_.spool_folder, log.spool);
    if (!file) continue;  // nothing is known of it but its size
    journal_.note_log(settled(log, *file, large_values_, execution_.id));
    journal_.note_spent(*std::move(file));
  }
}

ExecutionRun::Next ExecutionRun::turn() {
  if (is_over_) return next_after_end();
  // No coroutine runs between two turns, so nobody holds what was read in the last one.
  large_values_.let_go();
  const core::Timestamp now = clock_.now();
  runtime_.begin_turn(now);
  runtime_.turn_children();
  if (auto lost = runtime_.take_error()) give_up(*std::move(lost));
  look_for_signals();
  const bool has_answered = runtime_.answer();
  if (error_) return next_after_error();

  const bool can_go_on = go_on();
  record_failure(now);
  const bool has_begun = runtime_.record_begun();
  const bool has_progress = runtime_.record_progress();
  const bool rests = !can_go_on && !runtime_.has_answers();
  const bool has_moved = record_status(rests, now);
  // The last nodes and the end of the run are one transaction, unless the run has just stopped
  // waiting: nothing moves from waiting to its end in one step.
  if (!run_.result() || has_moved) {
    if (rests || has_answered || has_begun || has_progress || journal_.is_due(now)) commit();
    if (error_) return next_after_error();
    if (has_begun) runtime_.carry_out();
    look_for_signals();
    if (error_) return next_after_error();
  }
  if (run_.result()) {
    finish(now);
    return error_ ? next_after_error() : next_after_end();
  }
  const bool is_busy = !rests || runtime_.has_answers() || runtime_.children_want_turn();
  return is_busy ? Next::turn : Next::rest;
}

/// True: the workflow has more to do right now.
bool ExecutionRun::go_on() {
  const auto end_of_turn = std::chrono::steady_clock::now() + longest_turn;
  do {
    if (run_.step(steps_per_turn)) return true;
    if (run_.result()) return false;
    if (stop_as_remembered() || runtime_.recall() || stop_as_postponed()) return true;
    if (!runtime_.answer_yields()) return false;
  } while (std::chrono::steady_clock::now() < end_of_turn);
  return true;
}

/// In the replay the run is stopped where it was: before the first node that ended because of it.
bool ExecutionRun::stop_as_remembered() {
  if (!remembered_stop_ || !runtime_.has_come_to_a_stop()) return false;
  const core::Failure reason = *std::exchange(remembered_stop_, std::nullopt);
  is_cancelled_ = reason.type == "cancelled";
  stop(is_cancelled_ ? ExecutionStatus::cancelled : ExecutionStatus::timed_out, reason);
  return true;
}

/// What comes during the replay must not count before all that happened earlier.
bool ExecutionRun::stop_as_postponed() {
  const auto request = std::exchange(postponed_, std::nullopt);
  const bool is_out_of_time = std::exchange(is_out_of_time_, false);
  if (request) cancel(*request);
  if (is_out_of_time) time_is_up();
  return request || is_out_of_time;
}

// Before the handlers begin: were goflow killed among them, it must come to the same end.
void ExecutionRun::record_failure(core::Timestamp now) {
  if (run_.failure() == nullptr) return;
  const core::Failure failure = masked(*run_.failure(), secrets_.redactor());
  if (execution_.error == failure) return;
  execution_.error = failure;
  journal_.note_execution(execution_, now);
}

bool ExecutionRun::record_status(bool rests, core::Timestamp now) {
  const bool waits = rests && runtime_.only_waits();
  const ExecutionStatus status = waits ? ExecutionStatus::waiting : ExecutionStatus::running;
  if (status == execution_.status) return false;
  execution_.status = status;
  journal_.note_execution(execution_, now);
  return true;
}

void ExecutionRun::commit() {
  try {
    if (auto committed = journal_.commit(); !committed) give_up(std::move(committed).error());
  } catch (const core::PayloadUnavailable& lost) {
    // Only what could not be kept elsewhere as a whole is read for the record.
    give_up(lost.error());
  }
}

void ExecutionRun::look_for_signals() {
  if (auto looked = runtime_.look_for_signals(); !looked) give_up(std::move(looked).error());
}

void ExecutionRun::beat() {
  if (error_ || is_over_) return;
  runtime_.hear_of_signals();
  runtime_.beat_children();
  auto request = request_.journal->heartbeat(clock_.now());
  if (!request) return give_up(std::move(request).error());
  // The same request is seen again and again.
  if (*request && (!is_cancelled_ || (*request)->force)) cancel(**request);
}

void ExecutionRun::cancel(const core::CancelRequest& request) {
  if (runtime_.is_replaying()) {
    postponed_ = request;
    return;
  }
  if (run_.is_in_handlers() && !is_cancelled_) run_.skip_handlers();
  is_cancelled_ = true;
  stop(ExecutionStatus::cancelled, cancellation(request));
  if (!request.force) return;
  run_.skip_handlers();
  runtime_.kill();
}

void ExecutionRun::stop(ExecutionStatus status, core::Failure reason) {
  if (!run_.cancel(status, std::move(reason))) return;
  patience_.start(patience_with_nodes);
}

void ExecutionRun::time_is_up() {
  is_out_of_time_ = runtime_.is_replaying();
  if (is_out_of_time_) return;
  stop(ExecutionStatus::timed_out, out_of_time(request_, runtime_.active_paths()));
}

void ExecutionRun::give_up(core::Error error) {
  if (error_) return;
  error_ = std::move(error);
  runtime_.abandon();
}

ExecutionRun::Next ExecutionRun::next_after_error() const {
  if (runtime_.has_answers() || runtime_.children_want_turn()) return Next::turn;
  return runtime_.has_effects() ? Next::rest : Next::over;
}

void ExecutionRun::finish(core::Timestamp now) {
  RunResult& result = result_.emplace(masked(*run_.result(), secrets_.redactor()));
  const auto& kept_back = large_values_.warnings();
  result.warnings.insert(result.warnings.end(), kept_back.begin(), kept_back.end());
  leave_out_unreached(now);
  execution_.status = result.status;
  // After its last value was put: a later put is told from those of the run by that.
  execution_.completed_at = std::max(clock_.now(), *execution_.started_at);
  execution_.error = result.failure;
  execution_.return_value = result.return_value;
  execution_.warnings = result.warnings;
  journal_.note_execution(execution_, now);
  commit();
  if (error_) return;
  is_over_ = true;
  deadline_.stop();
  patience_.stop();
  observer_.on_finished(result, now);
}

/// It is over for whoever watches; its servers are given the time to end.
ExecutionRun::Next ExecutionRun::next_after_end() {
  servers_.close();
  return servers_.are_closed() ? Next::over : Next::rest;
}

/// What was to be tried again and is not come to: handlers that are not for this end, and, once
/// all is done, further attempts of a node whose first one now succeeded.
void ExecutionRun::leave_out_unreached(core::Timestamp now) {
  const bool is_all_done = run_.result()->status == ExecutionStatus::completed;
  for (const core::NodeExecution& node : request_.memory.nodes) {
    if (is_all_done || is_in_handler(node)) journal_.leave_out(node.path, now);
  }
}

core::Result<RunResult> ExecutionRun::result() const {
  if (error_) return *error_;
  return *result_;
}

}  // namespace goflow::engine
