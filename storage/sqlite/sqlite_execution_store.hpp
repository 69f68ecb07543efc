// The history of runs in a SQLite file.
#pragma once

#include "core/base/clock.hpp"
#include "core/claimcheck/claimed_value.hpp"
#include "core/execution/execution_store.hpp"
#include "storage/sqlite/migrations.hpp"

#include <memory>
#include <string>

namespace goflow::storage {

/// Over a connection that others may share. The store is used by one thread; journals that it hands
/// out may outlive it. `claims` outlives them all.
std::unique_ptr<core::ExecutionStore> make_execution_store(
    std::shared_ptr<Database> database, core::ClaimReader& claims = core::no_claims());

/// Opens a history of its own; see open_history().
core::Result<std::unique_ptr<core::ExecutionStore>> open_execution_store(
    const std::string& path,
    const core::Clock& clock,
    const HistoryNotice& notice = [](const std::string&) {});

}  // namespace goflow::storage
