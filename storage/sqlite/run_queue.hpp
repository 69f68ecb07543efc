// The queue of runs in the history database.
#pragma once

#include "core/claimcheck/claimed_value.hpp"
#include "core/execution/run_queue.hpp"
#include "storage/sqlite/database.hpp"

#include <memory>

namespace goflow::storage {

/// `claims` must outlive it, and the journals that it hands out.
std::unique_ptr<core::RunQueue> make_run_queue(std::shared_ptr<Database> database,
                                               core::ClaimReader& claims);

}  // namespace goflow::storage
