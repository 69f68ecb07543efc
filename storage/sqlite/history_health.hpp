// Whether the history database is whole, looked at without changing it.
#pragma once

#include "core/base/result.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace goflow::storage {

struct HistoryHealth {
  int schema = 0;  // 0: an empty file
  std::int64_t executions = 0;
  std::vector<std::string> faults;  // what SQLite finds wrong, the first few
};

/// Reads all of the file. An Error when it is not there, not ours, newer, or cannot be read at all.
core::Result<HistoryHealth> check_history(const std::string& path);

/// False: it is older, and whoever opens the store upgrades it. Errors as above.
core::Result<bool> is_history_current(const std::string& path);

}  // namespace goflow::storage
