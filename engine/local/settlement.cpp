#include "engine/local/settlement.hpp"

#include "engine/local/leftovers.hpp"
#include "engine/local/process_identity.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace goflow::engine {
namespace {

using core::Execution;
using core::ExecutionStatus;
using core::NodeExecution;
using core::NodeStatus;
using core::Result;

Result<void> check_move(const Execution& execution, ExecutionStatus status) {
  if (may_move(execution.status, status)) return {};
  return core::Error{core::ErrorCode::failed_precondition,
                     "execution '" + execution.id + "' is " +
                         std::string(to_string(execution.status)) + " and cannot become " +
                         std::string(to_string(status))};
}

std::vector<NodeExecution> cut_off(const std::vector<NodeExecution>& nodes, core::Timestamp now) {
  std::vector<NodeExecution> ended;
  for (const NodeExecution& node : nodes) {
    if (node.status != NodeStatus::running) continue;
    NodeExecution& end = ended.emplace_back(node);
    end.status = NodeStatus::cancelled;
    end.completed_at = std::max(now, end.started_at.value_or(now));
    end.wait.reset();
    end.process.reset();
  }
  return ended;
}

/// The runs within it had the same owner.
Result<void> settle_children(const std::string& id,
                             core::ExecutionStore& store,
                             core::Timestamp now) {
  GOFLOW_TRY(const std::vector<Execution> children, store.children(id));
  for (const Execution& child : children) {
    if (is_terminal(child.status)) continue;
    core::Failure reason{"cancelled", "the run that it is part of was ended"};
    GOFLOW_TRY(settle(child, ExecutionStatus::cancelled, std::move(reason), store, now));
  }
  return {};
}

}  // namespace

Result<Execution> settle(const Execution& execution,
                         ExecutionStatus status,
                         core::Failure reason,
                         core::ExecutionStore& store,
                         core::Timestamp now) {
  GOFLOW_TRY(check_move(execution, status));
  GOFLOW_TRY(auto journal,
             store.take_ownership(execution.id, this_process(now), [now](const core::Owner& owner) {
               return !is_alive(owner, now);
             }));
  GOFLOW_TRY(const std::vector<NodeExecution> nodes, store.nodes(execution.id));
  end_leftovers(execution.id, nodes);
  GOFLOW_TRY(settle_children(execution.id, store, now));
  core::JournalBatch batch;
  batch.nodes = cut_off(nodes, now);
  batch.execution = execution;
  batch.execution->status = status;
  batch.execution->completed_at = std::max(now, execution.started_at.value_or(now));
  batch.execution->error = std::move(reason);
  if (batch.execution->audit) {
    batch.execution->audit->status.updated_at = now;
    batch.execution->audit->status.event = "updated";
  }
  GOFLOW_TRY(journal->commit(batch));
  GOFLOW_TRY(journal->release());
  return *batch.execution;
}

}  // namespace goflow::engine
