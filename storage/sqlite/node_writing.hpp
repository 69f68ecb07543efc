// How a node execution becomes a row.
#pragma once

#include "core/execution/execution.hpp"
#include "storage/sqlite/database.hpp"

#include <string>

namespace goflow::storage {

/// Inserts it, or updates the row of its path, and what it refers to; within Database::write().
core::Result<void> write_node(Database& database,
                              const std::string& execution_id,
                              const core::NodeExecution& node);

}  // namespace goflow::storage
