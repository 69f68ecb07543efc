#include "cli/commands/exec/cancellation.hpp"

#include "cli/io/run_outline.hpp"
#include "engine/local/process_identity.hpp"
#include "engine/local/settlement.hpp"

#include <chrono>
#include <thread>

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Execution;
using core::ExecutionStatus;
using core::Result;

Error has_ended(const Execution& execution) {
  return Error{
      ErrorCode::failed_precondition,
      "execution '" + execution.id + "' has ended: " + std::string(to_string(execution.status))}
      .with_hint("see it: goflow exec show " + short_id(execution.id));
}

Result<ExecutionStatus> cancel_directly(const Execution& execution,
                                        const core::CancelRequest& request,
                                        core::ExecutionStore& store,
                                        core::Timestamp now) {
  core::Failure reason{"cancelled", request.reason.empty() ? "cancelled" : request.reason};
  GOFLOW_TRY(const Execution ended,
             engine::settle(execution, ExecutionStatus::cancelled, std::move(reason), store, now));
  return ended.status;
}

/// The owner looks at its record at once when told so, else with its next heartbeat.
Result<ExecutionStatus> cancel_through_owner(const Execution& execution,
                                             const core::CancelRequest& request,
                                             core::ExecutionStore& store,
                                             Context& context) {
  GOFLOW_TRY(store.request_cancel(execution.id, request));
  engine::wake(*execution.owner);
  // Handlers have ten minutes, and the nodes before them ten seconds.
  constexpr std::chrono::minutes patience{11};
  constexpr std::chrono::milliseconds pause{20};
  const auto give_up = std::chrono::steady_clock::now() + patience;
  while (std::chrono::steady_clock::now() < give_up) {
    GOFLOW_TRY(const auto current, store.find(execution.id));
    if (!current || current->status == ExecutionStatus::cancelled) {
      return ExecutionStatus::cancelled;
    }
    if (is_terminal(current->status)) return has_ended(*current);
    if (!current->owner || !engine::is_alive(*current->owner, context.now())) {
      return cancel_directly(*current, request, store, context.now());
    }
    std::this_thread::sleep_for(pause);
  }
  return Error{ErrorCode::unavailable, "execution '" + execution.id + "' did not end in time"}
      .with_hint("kill its steps: goflow exec cancel --force " + execution.id);
}

}  // namespace

Result<ExecutionStatus> cancel(const Execution& execution,
                               const core::CancelRequest& request,
                               Context& context) {
  if (execution.status == ExecutionStatus::cancelled) return execution.status;
  if (is_terminal(execution.status)) return has_ended(execution);
  GOFLOW_TRY(core::ExecutionStore * store, context.executions());
  const core::Timestamp now = context.now();
  if (execution.owner && engine::is_alive(*execution.owner, now)) {
    return cancel_through_owner(execution, request, *store, context);
  }
  auto cancelled = cancel_directly(execution, request, *store, now);
  if (cancelled || cancelled.error().code != ErrorCode::failed_precondition) return cancelled;
  // A worker may have taken it in this very moment.
  GOFLOW_TRY(const auto current, store->find(execution.id));
  const bool is_owned = current && current->owner && engine::is_alive(*current->owner, now);
  if (!is_owned || is_terminal(current->status)) return cancelled;
  return cancel_through_owner(*current, request, *store, context);
}

}  // namespace goflow::cli
