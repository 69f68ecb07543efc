#include "tests/support/memory_object_store.hpp"

#include "tests/contract/object_store_contract.hpp"

#include <doctest/doctest.h>

using namespace goflow;

TEST_CASE("the store in memory keeps the contract of blob stores") {
  test::object_store_contract([] { return std::make_unique<test::MemoryObjectStore>(); });
}
