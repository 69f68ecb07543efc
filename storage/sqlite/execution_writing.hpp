// How an execution becomes rows, changes, and goes with all that hangs on it.
#pragma once

#include "core/base/result.hpp"
#include "core/execution/execution.hpp"
#include "storage/sqlite/database.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace goflow::storage {

// All of them within Database::write().

/// With its definition, tags and labels, its owner and its place in the queue. already_exists: the
/// id or the slug is taken.
core::Result<void> insert_execution(Database& database,
                                    const core::Execution& execution,
                                    const std::string& definition);

/// In the place of whoever owned it before.
void write_owner(Database& database,
                 const std::string& id,
                 std::int64_t epoch,
                 const core::Owner& owner);

/// Everything that may change of it, and the number of the change.
core::Result<void> update_execution(Database& database, const core::Execution& execution);

/// The executions and, below them, all their sub-workflows; each once, parents first.
std::vector<std::string> with_descendants(Database& database, const std::vector<std::string>& ids);

/// The rows that hang on it go with it.
void delete_execution(Database& database, const std::string& id);

}  // namespace goflow::storage
