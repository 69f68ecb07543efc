#include "tests/support/memory_run_queue.hpp"

#include <algorithm>
#include <set>

namespace goflow::test {
namespace {

using core::Execution;
using core::Owner;
using core::QueueState;
using core::Result;
using core::TakenRun;

using IsAlive = std::function<bool(const Owner&)>;
using Runs = std::vector<std::shared_ptr<RememberedRun>>;

bool is_owned(const Execution& execution, const IsAlive& is_alive) {
  return execution.owner && is_alive(*execution.owner);
}

}  // namespace

Result<std::optional<TakenRun>> MemoryRunQueue::take_next(const Owner& owner,
                                                          const std::optional<int>& limit,
                                                          const IsAlive& is_alive) {
  const Runs all = store_.runs_by_place();
  const auto going_on = [&](const std::string& workflow_id) {
    return std::count_if(all.begin(), all.end(), [&](const auto& run) {
      const Execution& execution = run->execution;
      return !execution.parent && !is_terminal(execution.status) && is_owned(execution, is_alive) &&
             (workflow_id.empty() || execution.workflow_id == workflow_id);
    });
  };
  if (limit && going_on({}) >= *limit) return std::optional<TakenRun>();
  for (const QueueState state : {QueueState::taken, QueueState::waiting}) {
    std::set<std::string> held_up;  // in a workflow nobody overtakes
    for (const auto& run : all) {
      const Execution execution = run->execution;
      if (!execution.queue || execution.queue->state != state) continue;
      if (is_owned(execution, is_alive)) continue;
      const auto& most = execution.queue->max_active_runs;
      if (most && going_on(execution.workflow_id) >= *most) held_up.insert(execution.workflow_id);
      if (held_up.contains(execution.workflow_id)) continue;
      auto journal = store_.own(run, owner);
      run->execution.queue->state = QueueState::taken;
      return std::optional(TakenRun{execution, std::move(journal)});
    }
  }
  return std::optional<TakenRun>();
}

Result<void> MemoryRunQueue::mark_stuck(const std::string& execution_id) {
  for (const auto& run : store_.runs_by_place()) {
    if (run->execution.id != execution_id || !run->execution.queue) continue;
    run->execution.queue->state = QueueState::stuck;
  }
  return {};
}

Result<core::QueueCount> MemoryRunQueue::count() {
  core::QueueCount count;
  for (const auto& run : store_.runs_by_place()) {
    if (!run->execution.queue) continue;
    const QueueState state = run->execution.queue->state;
    count.waiting += state == QueueState::waiting ? 1 : 0;
    count.taken += state == QueueState::taken ? 1 : 0;
    count.stuck += state == QueueState::stuck ? 1 : 0;
  }
  return count;
}

}  // namespace goflow::test
