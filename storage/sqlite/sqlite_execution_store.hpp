// The history in a SQLite file.
#pragma once

#include "core/base/clock.hpp"
#include "core/claimcheck/claimed_value.hpp"
#include "core/execution/execution_store.hpp"
#include "storage/sqlite/migrations.hpp"

#include <memory>
#include <string>

namespace goflow::storage {

/// Opens the history, makes it when there is none, upgrades it when it is an older one; see
/// open_history(). The store is used by one thread; journals that it hands out may outlive it.
/// `claims` outlives them all.
core::Result<std::unique_ptr<core::ExecutionStore>> open_execution_store(
    const std::string& path,
    const core::Clock& clock,
    const HistoryNotice& notice = [](const std::string&) {},
    Durability durability = Durability::normal,
    core::ClaimReader& claims = core::no_claims());

}  // namespace goflow::storage
