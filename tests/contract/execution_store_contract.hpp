// What every execution store promises, whatever it keeps the history in.
#pragma once

#include "core/execution/execution_store.hpp"

#include <functional>
#include <memory>

namespace goflow::test {

/// Runs all cases; `make` gives an empty store each time.
void execution_store_contract(const std::function<std::unique_ptr<core::ExecutionStore>()>& make);

}  // namespace goflow::test
