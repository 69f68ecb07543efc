// What every store of instances promises.
#pragma once

#include "core/execution/execution_store.hpp"
#include "core/instance/instance_store.hpp"

#include <functional>
#include <memory>

namespace goflow::test {

/// A store, and the history that says which of its instances are in use.
class InstancePlace {
 public:
  virtual ~InstancePlace() = default;
  virtual core::InstanceStore& instances() = 0;
  virtual core::ExecutionStore& executions() = 0;
};

/// Runs all cases, each on the empty place that `make` gives.
void instance_store_contract(const std::function<std::unique_ptr<InstancePlace>()>& make);

}  // namespace goflow::test
