// What every execution store promises, whatever it keeps the history in.
#pragma once

#include "core/execution/execution_store.hpp"

#include <functional>
#include <memory>

namespace goflow::test {

using MakeStore = std::function<std::unique_ptr<core::ExecutionStore>()>;

/// Executions and their listings. `make` gives an empty store each time.
void execution_store_contract(const MakeStore& make);

/// What is written down through a journal, and who may do so.
void run_journal_contract(const MakeStore& make);

}  // namespace goflow::test
