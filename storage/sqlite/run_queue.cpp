#include "storage/sqlite/run_queue.hpp"

#include "storage/sqlite/execution_writing.hpp"
#include "storage/sqlite/query.hpp"
#include "storage/sqlite/recorded_claims.hpp"
#include "storage/sqlite/rows.hpp"
#include "storage/sqlite/run_journal.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace goflow::storage {
namespace {

using core::Execution;
using core::Owner;
using core::Result;
using core::TakenRun;

constexpr std::string_view select_taken = R"sql(
SELECT q.execution_id, q.workflow_id, q.max_active_runs, q.position, o.epoch, o.pid, o.pid_started,
    o.boot_id, o.pid_namespace, o.host, o.heartbeat_at
  FROM run_queue q LEFT JOIN execution_owners o ON o.execution_id = q.execution_id
  WHERE q.state = 'taken' ORDER BY q.position)sql";

constexpr std::string_view select_oldest = R"sql(
SELECT execution_id, workflow_id, max_active_runs, position FROM run_queue
  WHERE state = 'waiting' ORDER BY position LIMIT 1)sql";

// The oldest of the next workflow that has any.
constexpr std::string_view select_oldest_after = R"sql(
SELECT execution_id, workflow_id, max_active_runs, position FROM run_queue
  WHERE state = 'waiting' AND workflow_id > ?1 ORDER BY workflow_id, position LIMIT 1)sql";

// Left to itself, SQLite would begin with all executions.
constexpr std::string_view select_going_on = R"sql(
SELECT e.workflow_id, o.epoch, o.pid, o.pid_started, o.boot_id, o.pid_namespace, o.host,
    o.heartbeat_at
  FROM execution_owners o INDEXED BY execution_owners_alive
    CROSS JOIN executions e ON e.id = o.execution_id
  WHERE o.pid <> 0 AND e.parent_execution_id IS NULL
    AND e.status IN ('pending', 'running', 'waiting'))sql";

constexpr std::string_view select_epoch =
    "SELECT epoch FROM execution_owners WHERE execution_id = ?1";

constexpr std::string_view update_state = "UPDATE run_queue SET state = ?2 WHERE execution_id = ?1";

using IsAlive = std::function<bool(const Owner&)>;

struct Place {
  std::string execution_id;
  std::string workflow_id;
  std::optional<int> max_active_runs;
  std::int64_t position = 0;
};

Place read_place(Query& row) {
  Place place{row.text(), row.text(), std::nullopt};
  const auto limit = static_cast<int>(row.integer());
  if (limit != 0) place.max_active_runs = limit;
  place.position = row.integer();
  return place;
}

struct GoingOn {
  int total = 0;
  std::map<std::string, int> by_workflow;
};

/// Who of those that wait may go on. Counts what goes on only if a limit asks for it.
class Choice {
 public:
  Choice(Database& database, const std::optional<int>& limit, const IsAlive& is_alive)
      : database_(database), limit_(limit), is_alive_(is_alive) {}

  std::optional<Place> next() {
    if (limit_ && going_on().total >= *limit_) return std::nullopt;
    if (auto orphan = next_orphan()) return orphan;
    Query query(database_, select_oldest);
    if (!query.next()) return std::nullopt;
    Place oldest = read_place(query);
    if (has_room(oldest)) return oldest;
    return oldest_with_room();
  }

 private:
  /// What a worker held that has died, or given it up.
  std::optional<Place> next_orphan() {
    Query query(database_, select_taken);
    while (query.next()) {
      Place place = read_place(query);
      const Owner owner = read_owner(query);
      if ((owner.pid == 0 || !is_alive_(owner)) && has_room(place)) return place;
    }
    return std::nullopt;
  }

  /// In a workflow nobody overtakes, so its oldest one speaks for all.
  std::optional<Place> oldest_with_room() {
    std::optional<Place> oldest;
    std::string workflow_id;
    while (true) {
      Query query(database_, select_oldest_after);
      if (!query.bind(workflow_id).next()) return oldest;
      Place place = read_place(query);
      workflow_id = place.workflow_id;
      const bool is_older = !oldest || place.position < oldest->position;
      if (is_older && has_room(place)) oldest = std::move(place);
    }
  }

  bool has_room(const Place& place) {
    if (!place.max_active_runs) return true;
    const auto found = going_on().by_workflow.find(place.workflow_id);
    return found == going_on().by_workflow.end() || found->second < *place.max_active_runs;
  }

  const GoingOn& going_on() {
    if (going_on_) return *going_on_;
    going_on_.emplace();
    Query query(database_, select_going_on);
    while (query.next()) {
      std::string workflow_id = query.text();
      if (!is_alive_(read_owner(query))) continue;
      ++going_on_->total;
      ++going_on_->by_workflow[std::move(workflow_id)];
    }
    return *going_on_;
  }

  Database& database_;
  const std::optional<int>& limit_;
  const IsAlive& is_alive_;
  std::optional<GoingOn> going_on_;
};

class SqliteRunQueue final : public core::RunQueue {
 public:
  SqliteRunQueue(std::shared_ptr<Database> database, core::ClaimReader& claims)
      : database_(std::move(database)), claims_(claims) {}

  Result<std::optional<TakenRun>> take_next(const Owner& owner,
                                            const std::optional<int>& limit,
                                            const IsAlive& is_alive) override {
    // Who has nothing to do must not keep others from writing.
    GOFLOW_TRY(const bool has_next, database_->read_state([&]() -> Result<bool> {
      return Choice(*database_, limit, is_alive).next().has_value();
    }));
    if (!has_next) return std::optional<TakenRun>();
    return database_->write([&]() -> Result<std::optional<TakenRun>> {
      const auto place = Choice(*database_, limit, is_alive).next();
      if (!place) return std::optional<TakenRun>();
      return std::optional(take(place->execution_id, owner));
    });
  }

  Result<void> mark_stuck(const std::string& execution_id) override {
    return database_->write([&]() -> Result<void> {
      Query(*database_, update_state).bind(execution_id, "stuck").run();
      return {};
    });
  }

  Result<core::QueueCount> count() override {
    return database_->read([&]() -> Result<core::QueueCount> {
      Query query(*database_, "SELECT state, count(*) FROM run_queue GROUP BY state");
      core::QueueCount count;
      while (query.next()) {
        const std::string state = query.text();
        const std::int64_t runs = query.integer();
        if (state == "waiting") count.waiting = runs;
        if (state == "taken") count.taken = runs;
        if (state == "stuck") count.stuck = runs;
      }
      return count;
    });
  }

 private:
  TakenRun take(const std::string& id, const Owner& owner) {
    Execution execution = read(id);
    const std::int64_t epoch = last_epoch(id) + 1;
    write_owner(*database_, id, epoch, owner);
    Query(*database_, update_state).bind(id, "taken").run();
    return {std::move(execution),
            std::make_unique<SqliteRunJournal>(database_, id, epoch, claims_)};
  }

  Execution read(const std::string& id) {
    Query query(*database_, select_execution(Detail::full) + " WHERE e.id = ?1");
    query.bind(id).next();
    Execution execution = read_execution(query);
    RecordedClaims(*database_, id, claims_).restore(execution);
    return execution;
  }

  std::int64_t last_epoch(const std::string& id) {
    Query query(*database_, select_epoch);
    return query.bind(id).next() ? query.integer() : 0;
  }

  std::shared_ptr<Database> database_;
  core::ClaimReader& claims_;
};

}  // namespace

std::unique_ptr<core::RunQueue> make_run_queue(std::shared_ptr<Database> database,
                                               core::ClaimReader& claims) {
  return std::make_unique<SqliteRunQueue>(std::move(database), claims);
}

}  // namespace goflow::storage
