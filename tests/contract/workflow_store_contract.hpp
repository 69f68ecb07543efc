// What every workflow store promises, wherever it keeps the files.
#pragma once

#include "core/workflow/workflow_store.hpp"

#include <functional>
#include <memory>

namespace goflow::test {

/// Runs all cases; `make` gives an empty store each time.
void workflow_store_contract(const std::function<std::unique_ptr<core::WorkflowStore>()>& make);

}  // namespace goflow::test
