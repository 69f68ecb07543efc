// The queue over the history in memory, with the same rules as the one on disk.
#pragma once

#include "core/execution/run_queue.hpp"
#include "tests/support/memory_execution_store.hpp"

namespace goflow::test {

class MemoryRunQueue final : public core::RunQueue {
 public:
  explicit MemoryRunQueue(MemoryExecutionStore& store) : store_(store) {}

  core::Result<std::optional<core::TakenRun>> take_next(
      const core::Owner& owner,
      const std::optional<int>& limit,
      const std::function<bool(const core::Owner&)>& is_alive) override;
  core::Result<void> mark_stuck(const std::string& execution_id) override;
  core::Result<core::QueueCount> count() override;

 private:
  MemoryExecutionStore& store_;
};

}  // namespace goflow::test
