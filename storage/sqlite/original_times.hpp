// The times in databases of the original GoFlow, which wrote them in several ways.
#pragma once

#include "core/base/clock.hpp"
#include "storage/sqlite/database.hpp"

#include <optional>
#include <string_view>

namespace goflow::storage {

/// Go's own form ("2025-11-05 12:34:56.789 +0000 UTC", perhaps with " m=+0.01"), SQLite's
/// ("2025-11-05 12:34:56", which is UTC) or RFC 3339.
std::optional<core::Timestamp> parse_original_time(std::string_view text);

/// Makes all of them RFC 3339; what is no time stays as it is. Within a transaction.
void rewrite_original_times(Database& database);

}  // namespace goflow::storage
