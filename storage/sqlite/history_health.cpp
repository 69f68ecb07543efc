#include "storage/sqlite/history_health.hpp"

#include "storage/sqlite/database.hpp"
#include "storage/sqlite/migrations.hpp"
#include "storage/sqlite/query.hpp"
#include "storage/sqlite/schema.hpp"

#include <filesystem>
#include <system_error>

namespace goflow::storage {
namespace {

using core::Result;

/// To open a file that is not there would make it.
Result<std::unique_ptr<Database>> open_existing(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::exists(path, ignored)) return Database::open(path);
  return core::Error{core::ErrorCode::not_found, "no file '" + path + "'"};
}

Result<bool> is_current(Database& database) {
  GOFLOW_TRY(const int version, recognise_history(database));
  return version == migrations().back().version;
}

Result<HistoryHealth> look_through(Database& database) {
  HistoryHealth health;
  GOFLOW_TRY(health.schema, recognise_history(database));
  Query faults(database, "PRAGMA integrity_check(5)");
  while (faults.next()) {
    const std::string fault = faults.text();
    if (fault != "ok") health.faults.push_back(fault);
  }
  if (health.schema == 0 || !health.faults.empty()) return health;
  Query count(database, "SELECT count(*) FROM executions");
  count.next();
  health.executions = count.integer();
  return health;
}

}  // namespace

Result<bool> is_history_current(const std::string& path) {
  GOFLOW_TRY(const auto database, open_existing(path));
  return database->read([&] { return is_current(*database); });
}

Result<HistoryHealth> check_history(const std::string& path) {
  GOFLOW_TRY(const auto database, open_existing(path));
  return database->read([&] { return look_through(*database); });
}

}  // namespace goflow::storage
