// What every store of the states of schedules promises.
#pragma once

#include "core/schedule/schedule_store.hpp"

#include <functional>
#include <memory>

namespace goflow::test {

/// Runs all cases, each on the empty store that `make` gives.
void schedule_store_contract(const std::function<std::unique_ptr<core::ScheduleStore>()>& make);

}  // namespace goflow::test
