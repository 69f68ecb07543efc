#include "storage/sqlite/original_times.hpp"

#include "storage/sqlite/query.hpp"

#include <string>
#include <utility>
#include <vector>

namespace goflow::storage {
namespace {

/// "+0100" as RFC 3339 has it: "+01:00".
std::string with_colon(std::string_view offset) {
  return std::string(offset.substr(0, 3)) + ":" + std::string(offset.substr(3));
}

void rewrite_column(Database& database, const std::string& table, const std::string& column) {
  std::vector<std::pair<std::int64_t, core::Timestamp>> times;
  {
    Query rows(database, "SELECT rowid, " + column + " FROM " + table);
    while (rows.next()) {
      const std::int64_t row = rows.integer();
      if (const auto time = parse_original_time(rows.text())) times.emplace_back(row, *time);
    }
  }
  Query update(database, "UPDATE " + table + " SET " + column + " = ?2 WHERE rowid = ?1");
  for (const auto& [row, time] : times) {
    update.bind(row, time).run();
  }
}

}  // namespace

std::optional<core::Timestamp> parse_original_time(std::string_view text) {
  if (const auto time = core::parse_rfc3339(text)) return time;
  const std::size_t date_end = text.find(' ');
  if (date_end == std::string_view::npos) return std::nullopt;
  const std::size_t time_end = text.find(' ', date_end + 1);
  const std::string local(text.substr(0, time_end));
  if (time_end == std::string_view::npos) return core::parse_rfc3339(local + "Z");
  const std::string_view offset = text.substr(time_end + 1).substr(0, 5);
  if (offset.size() < 5) return std::nullopt;
  return core::parse_rfc3339(local + with_colon(offset));
}

void rewrite_original_times(Database& database) {
  rewrite_column(database, "executions", "created_at");
  rewrite_column(database, "executions", "started_at");
  rewrite_column(database, "executions", "completed_at");
  rewrite_column(database, "node_executions", "started_at");
  rewrite_column(database, "node_executions", "completed_at");
  rewrite_column(database, "variable_snapshots", "timestamp");
  // A listing needs a place for every row.
  database.execute("UPDATE executions SET created_at = started_at WHERE created_at IS NULL");
}

}  // namespace goflow::storage
