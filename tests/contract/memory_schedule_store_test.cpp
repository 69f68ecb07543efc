#include "tests/support/memory_schedule_store.hpp"

#include "tests/contract/schedule_store_contract.hpp"

#include <doctest/doctest.h>

using namespace goflow;

TEST_CASE("the store in memory keeps the contract of the states of schedules") {
  test::schedule_store_contract([] { return std::make_unique<test::MemoryScheduleStore>(); });
}
