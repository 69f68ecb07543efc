// What every blob store promises, wherever the bytes lie and whatever wraps it.
#pragma once

#include "core/claimcheck/object_store.hpp"

#include <functional>
#include <memory>

namespace goflow::test {

/// Runs all cases; `make` gives an empty store each time.
void object_store_contract(const std::function<std::unique_ptr<core::ObjectStore>()>& make);

}  // namespace goflow::test
