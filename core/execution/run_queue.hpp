// Runs that are left to workers, which take up one after another.
#pragma once

#include "core/base/result.hpp"
#include "core/execution/execution.hpp"
#include "core/execution/execution_store.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace goflow::core {

/// A run that this process owns from now on.
struct TakenRun {
  Execution execution;  // as it was before: its owner is whoever ran it last
  std::unique_ptr<RunJournal> journal;
};

struct QueueCount {
  std::int64_t waiting = 0;
  std::int64_t taken = 0;
  std::int64_t stuck = 0;
};

/// ExecutionStore::create() puts runs in; they leave by their end, or when somebody takes them by
/// hand. Safe to use from several processes at once.
class RunQueue {
 public:
  virtual ~RunQueue() = default;

  /// Makes `owner` the owner of the next run, in one transaction: first what a worker held that
  /// lives no more, then what waits, the oldest first. Both only while fewer runs of the workflow
  /// go on than it allows, and fewer than `limit` in all; those that somebody started by hand
  /// count, those within others do not. nullopt: there is none, or they all have to wait.
  virtual Result<std::optional<TakenRun>> take_next(
      const Owner& owner,
      const std::optional<int>& limit,
      const std::function<bool(const Owner&)>& is_alive) = 0;

  /// No worker takes it up any more. Does nothing when it is not in the queue.
  virtual Result<void> mark_stuck(const std::string& execution_id) = 0;

  virtual Result<QueueCount> count() = 0;
};

}  // namespace goflow::core
