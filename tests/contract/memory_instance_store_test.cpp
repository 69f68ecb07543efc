#include "tests/support/memory_instance_store.hpp"

#include "tests/contract/instance_store_contract.hpp"
#include "tests/support/memory_execution_store.hpp"

#include <doctest/doctest.h>

using namespace goflow;

namespace {

class MemoryPlace final : public test::InstancePlace {
 public:
  core::InstanceStore& instances() override { return instances_; }
  core::ExecutionStore& executions() override { return executions_; }

 private:
  test::MemoryExecutionStore executions_;
  test::MemoryInstanceStore instances_{executions_};
};

}  // namespace

TEST_CASE("the store in memory keeps the contract of instance stores") {
  test::instance_store_contract([] { return std::make_unique<MemoryPlace>(); });
}
