// What every queue of runs promises, whatever it lies in.
#pragma once

#include "core/execution/run_queue.hpp"

#include <functional>
#include <memory>

namespace goflow::test {

/// A queue and the history that it belongs to.
struct QueuedHistory {
  std::unique_ptr<core::ExecutionStore> store;
  std::unique_ptr<core::RunQueue> queue;
};

/// `make` gives an empty one each time.
void run_queue_contract(const std::function<QueuedHistory()>& make);

}  // namespace goflow::test
