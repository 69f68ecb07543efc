// What the claim check did, in the database of the history.
#pragma once

#include "core/base/clock.hpp"
#include "core/claimcheck/metrics.hpp"
#include "storage/sqlite/migrations.hpp"

#include <memory>
#include <string>

namespace goflow::storage {

/// Makes or upgrades the database as open_history() does; over a connection of its own.
core::Result<std::unique_ptr<core::ClaimMetricsStore>> open_claim_metrics(
    const std::string& path,
    const core::Clock& clock,
    const HistoryNotice& notice = [](const std::string&) {});

}  // namespace goflow::storage
