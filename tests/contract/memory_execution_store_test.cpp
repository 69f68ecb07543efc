#include "tests/support/memory_execution_store.hpp"

#include "tests/contract/execution_store_contract.hpp"

#include <doctest/doctest.h>

using namespace goflow;

TEST_CASE("the store in memory keeps the contract of execution stores") {
  test::execution_store_contract([] { return std::make_unique<test::MemoryExecutionStore>(); });
}
