#include "engine/interpreter/node_run.hpp"

#include "core/base/duration.hpp"
#include "engine/interpreter/effect_awaiter.hpp"
#include "engine/interpreter/node_visit.hpp"
#include "engine/interpreter/node_work.hpp"
#include "engine/interpreter/outcome.hpp"
#include "engine/interpreter/retry.hpp"
#include "engine/interpreter/type_promise.hpp"

#include <iterator>
#include <string>
#include <utility>

namespace goflow::engine {

namespace {

core::NodeStatus to_status(EffectOutcome::Status status) {
  switch (status) {
    case EffectOutcome::Status::completed:
      return core::NodeStatus::completed;
    case EffectOutcome::Status::failed:
      return core::NodeStatus::failed;
    case EffectOutcome::Status::cancelled:
      return core::NodeStatus::cancelled;
    case EffectOutcome::Status::skipped:
      return core::NodeStatus::skipped;
  }
  return core::NodeStatus::failed;
}

/// Work that was ended although nobody here asked for it has failed.
EffectOutcome explain_cancellation(const NodeVisit& visit, EffectOutcome outcome) {
  if (!is_cancelled(outcome) || visit.cancel.cancelled()) return outcome;
  return failed(core::Failure{.type = "cancelled", .message = "the work was ended from outside"});
}

/// The failure of something within the node keeps the place where it happened.
core::Failure placed(const NodeVisit& visit, core::Failure failure) {
  if (!failure.path.empty()) return failure;
  failure.node = visit.node.id;
  failure.path = visit.path;
  if (visit.node.retry) failure.context.set("attempt", visit.attempt);
  return failure;
}

bool may_repeat(const NodeVisit& visit, const EffectOutcome& outcome) {
  return visit.node.retry && is_failed(outcome) && !visit.cancel.cancelled() &&
         is_repeatable(*visit.node.retry, *outcome.failure);
}

Effect delay_before_next_attempt(const NodeVisit& visit, std::chrono::milliseconds pause) {
  const core::RetryPolicy& policy = *visit.node.retry;
  return SleepEffect{.path = visit.path,
                     .attempt = visit.attempt + 1,
                     .until = delay_after(policy, visit.attempt),
                     .jitter = policy.jitter,
                     .longest = policy.max_delay,
                     .shortest = pause};
}

EffectOutcome exhausted(EffectOutcome last, int attempts) {
  if (attempts > 1) {
    last.failure->message = exhausted_message(attempts, last.failure->message);
  }
  return last;
}

/// Who asks for so long a pause has not failed for a moment.
EffectOutcome given_up(EffectOutcome last, std::chrono::milliseconds pause) {
  last.failure->message += ", which asks for a pause of " + core::spell_duration(pause);
  return last;
}

core::Result<bool, core::Failure> is_wanted(const NodeVisit& visit) {
  if (const auto known = visit.run.runtime.remembered_when(visit.path)) return *known;
  try {
    return evaluate_condition(*visit.node.when, visit.environment("when"));
  } catch (const core::PayloadUnavailable& lost) {
    return to_failure(lost);
  }
}

/// The value as it is passed on, once it was looked at.
void keep_value(const NodeVisit& visit, EffectOutcome& outcome) {
  const auto& output = visit.node.output;
  if (output && is_completed(outcome)) {
    const Slot slot = visit.run.names.slot(*output);
    auto warning = broken_promise(visit.run.names, slot, outcome.value);
    if (warning) outcome.warnings.push_back(*std::move(warning));
  }
  outcome.value = visit.run.runtime.kept_fields(
      std::move(outcome.value), output.value_or(visit.node.id), visit.path);
}

/// Reading a value that is kept elsewhere may fail wherever it happens: then the node does.
Task<EffectOutcome> work_on_values(NodeVisit& visit) {
  EffectOutcome outcome;
  try {
    outcome = co_await work_on(visit);
    keep_value(visit, outcome);
  } catch (const core::PayloadUnavailable& lost) {
    outcome = failed(to_failure(lost));
  }
  co_return outcome;
}

Task<EffectOutcome> attempt_until_settled(NodeVisit& visit) {
  while (true) {
    EffectOutcome outcome = co_await work_on_values(visit);
    outcome = explain_cancellation(visit, std::move(outcome));
    if (outcome.failure) outcome.failure = placed(visit, *std::move(outcome.failure));
    if (!may_repeat(visit, outcome)) co_return outcome;
    if (visit.attempt >= visit.node.retry->max_attempts) {
      co_return exhausted(std::move(outcome), visit.attempt);
    }

    const auto pause = wanted_pause(*outcome.failure);
    if (pause > longest_pause) co_return given_up(std::move(outcome), pause);
    visit.run.runtime.note(AttemptFailed{
        .path = visit.path, .attempt = visit.attempt, .failure = *std::move(outcome.failure)});
    Effect delay = delay_before_next_attempt(visit, pause);
    EffectOutcome delayed =
        co_await EffectAwaiter(visit.run.runtime, visit.cancel, std::move(delay));
    if (!is_completed(delayed)) co_return explain_cancellation(visit, std::move(delayed));
    ++visit.attempt;
  }
}

NodeEnd skip(const NodeVisit& visit) {
  visit.run.runtime.note(NodeFinished{.path = visit.path,
                                      .node_id = visit.node.id,
                                      .type = std::string(visit.type()),
                                      .status = core::NodeStatus::skipped,
                                      .skip_reason = "when"});
  visit.scope.record(visit.index,
                     NodeRecord{.status = core::NodeStatus::skipped, .value = core::Value()});
  return NodeEnd{.status = core::NodeStatus::skipped};
}

NodeEnd to_end(const NodeVisit& visit, EffectOutcome& outcome) {
  NodeEnd end{.status = to_status(outcome.status), .failure = std::move(outcome.failure)};
  if (is_completed(outcome)) end.value = std::move(outcome.value);
  end.failure_is_handled = is_failed(outcome) && visit.node.on_error != core::OnError::fail;
  return end;
}

/// Completed, or failed and handled: then its output variable takes its value.
bool assigns_output(const NodeEnd& end) {
  return end.status == core::NodeStatus::completed || end.failure_is_handled;
}

/// For others to read.
bool has_value(const NodeEnd& end) {
  return assigns_output(end) || end.status == core::NodeStatus::skipped;
}

NodeEnd finish(NodeVisit& visit, EffectOutcome outcome) {
  NodeEnd end = to_end(visit, outcome);
  // Cancelled before it began: it was never reached, and a retry of the run takes it up.
  if (!visit.started_at && end.status == core::NodeStatus::cancelled) return end;

  std::move(outcome.warnings.begin(), outcome.warnings.end(), std::back_inserter(visit.warnings));
  if (visit.node.output && assigns_output(end)) {
    visit.assign(visit.run.names.slot(*visit.node.output), end.value);
  }
  const core::Timestamp completed_at =
      visit.run.runtime.note(NodeFinished{.path = visit.path,
                                          .node_id = visit.node.id,
                                          .type = std::string(visit.type()),
                                          .status = end.status,
                                          .value = end.value,
                                          .failure = end.failure,
                                          .failure_is_handled = end.failure_is_handled,
                                          .warnings = std::move(visit.warnings),
                                          .facts = std::move(visit.facts)});
  NodeRecord record{.status = end.status,
                    .failure = end.failure,
                    .attempts = visit.attempt,
                    .started_at = visit.started_at,
                    .completed_at = completed_at};
  if (has_value(end)) record.value = end.value;
  visit.scope.record(visit.index, std::move(record));
  return end;
}

}  // namespace

Task<NodeEnd> run_node(RunContext& run, core::NodeIndex index, Scope& scope, CancelScope& cancel) {
  NodeVisit visit(run, index, scope, cancel);
  if (visit.node.when) {
    const auto wanted = is_wanted(visit);
    if (!wanted) {
      visit.note_started();
      co_return finish(visit, failed(placed(visit, wanted.error())));
    }
    if (!*wanted) co_return skip(visit);
  }
  EffectOutcome outcome = co_await attempt_until_settled(visit);
  co_return finish(visit, std::move(outcome));
}

}  // namespace goflow::engine
