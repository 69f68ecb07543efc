#include "tests/support/memory_execution_store.hpp"

#include "tests/contract/execution_store_contract.hpp"

#include <doctest/doctest.h>

using namespace goflow;

namespace {

std::unique_ptr<core::ExecutionStore> make_store() {
  return std::make_unique<test::MemoryExecutionStore>();
}

}  // namespace

TEST_CASE("the store in memory keeps the contract of execution stores") {
  test::execution_store_contract(make_store);
}

TEST_CASE("a journal in memory keeps the contract of run journals") {
  test::run_journal_contract(make_store);
}
