// The copy of the history that is made before its shape changes.
#pragma once

#include "core/base/clock.hpp"
#include "storage/sqlite/database.hpp"

#include <string>

namespace goflow::storage {

/// Copies the last committed state to "<path>.v<version>-<time>.bak", whole or not at all, and
/// keeps the newest three of such copies. Returns the name of the copy.
core::Result<std::string> back_up(Database& database, int version, core::Timestamp now);

}  // namespace goflow::storage
