#include "storage/sqlite/schedule_store.hpp"

#include "storage/sqlite/query.hpp"
#include "storage/sqlite/rows.hpp"

#include <string_view>
#include <utility>

namespace goflow::storage {
namespace {

using core::Result;
using core::ScheduleState;
using core::Timestamp;

constexpr std::string_view begin_one = R"sql(
INSERT INTO schedules (workflow_id, looked_after_until, updated_at) VALUES (?1, ?2, ?2)
  ON CONFLICT DO NOTHING)sql";

constexpr std::string_view select_one = R"sql(
SELECT workflow_id, enabled, looked_after_until FROM schedules WHERE workflow_id = ?1)sql";

constexpr std::string_view select_all = R"sql(
SELECT workflow_id, enabled, looked_after_until FROM schedules ORDER BY workflow_id)sql";

constexpr std::string_view advance_one = R"sql(
INSERT INTO schedules (workflow_id, looked_after_until, updated_at) VALUES (?1, ?2, ?3)
  ON CONFLICT DO UPDATE SET looked_after_until = excluded.looked_after_until,
    updated_at = excluded.updated_at
  WHERE looked_after_until < excluded.looked_after_until)sql";

// One that is enabled already stays as it is: nothing that it still owes is let go.
constexpr std::string_view switch_one = R"sql(
INSERT INTO schedules (workflow_id, enabled, looked_after_until, updated_at)
  VALUES (?1, ?2, ?3, ?3)
  ON CONFLICT DO UPDATE SET enabled = excluded.enabled,
    looked_after_until = MAX(looked_after_until, excluded.looked_after_until),
    updated_at = excluded.updated_at
  WHERE enabled <> excluded.enabled)sql";

ScheduleState read_state(Query& row) {
  ScheduleState state;
  state.workflow_id = row.text();
  state.enabled = row.integer() != 0;
  state.looked_after_until = read_time(row);
  return state;
}

class SqliteScheduleStore final : public core::ScheduleStore {
 public:
  explicit SqliteScheduleStore(std::shared_ptr<Database> database)
      : database_(std::move(database)) {}

  Result<ScheduleState> find_or_begin(const std::string& workflow_id, Timestamp now) override;
  Result<std::vector<ScheduleState>> list() override;
  Result<void> advance(const std::string& workflow_id, Timestamp until, Timestamp now) override;
  Result<void> set_enabled(const std::string& workflow_id, bool enabled, Timestamp now) override;

 private:
  Result<std::optional<ScheduleState>> find(const std::string& workflow_id);

  std::shared_ptr<Database> database_;
};

Result<std::optional<ScheduleState>> SqliteScheduleStore::find(const std::string& workflow_id) {
  return database_->read([&]() -> Result<std::optional<ScheduleState>> {
    Query row(*database_, select_one);
    if (!row.bind(workflow_id).next()) return std::optional<ScheduleState>();
    return std::optional(read_state(row));
  });
}

Result<ScheduleState> SqliteScheduleStore::find_or_begin(const std::string& workflow_id,
                                                         Timestamp now) {
  // Most were seen before: reading does not wait for those who write.
  GOFLOW_TRY(auto known, find(workflow_id));
  if (known) return *std::move(known);
  return database_->write([&]() -> Result<ScheduleState> {
    Query(*database_, begin_one).bind(workflow_id, now).run();
    Query row(*database_, select_one);
    row.bind(workflow_id).next();
    return read_state(row);
  });
}

Result<std::vector<ScheduleState>> SqliteScheduleStore::list() {
  return database_->read([&]() -> Result<std::vector<ScheduleState>> {
    std::vector<ScheduleState> states;
    Query row(*database_, select_all);
    while (row.next()) {
      states.push_back(read_state(row));
    }
    return states;
  });
}

Result<void> SqliteScheduleStore::advance(const std::string& workflow_id,
                                          Timestamp until,
                                          Timestamp now) {
  return database_->write([&]() -> Result<void> {
    Query(*database_, advance_one).bind(workflow_id, until, now).run();
    return {};
  });
}

Result<void> SqliteScheduleStore::set_enabled(const std::string& workflow_id,
                                              bool enabled,
                                              Timestamp now) {
  return database_->write([&]() -> Result<void> {
    Query(*database_, switch_one).bind(workflow_id, enabled ? 1 : 0, now).run();
    return {};
  });
}

}  // namespace

std::unique_ptr<core::ScheduleStore> make_schedule_store(std::shared_ptr<Database> database) {
  return std::make_unique<SqliteScheduleStore>(std::move(database));
}

}  // namespace goflow::storage
