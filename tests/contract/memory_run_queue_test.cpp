#include "tests/support/memory_run_queue.hpp"

#include "tests/contract/run_queue_contract.hpp"

#include <doctest/doctest.h>

using namespace goflow;

TEST_CASE("the queue in memory keeps the contract of run queues") {
  test::run_queue_contract([] {
    auto store = std::make_unique<test::MemoryExecutionStore>();
    auto queue = std::make_unique<test::MemoryRunQueue>(*store);
    return test::QueuedHistory{std::move(store), std::move(queue)};
  });
}
