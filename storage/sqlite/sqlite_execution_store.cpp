#include "storage/sqlite/sqlite_execution_store.hpp"

#include "storage/sqlite/execution_writing.hpp"
#include "storage/sqlite/listing.hpp"
#include "storage/sqlite/node_writing.hpp"
#include "storage/sqlite/query.hpp"
#include "storage/sqlite/recorded_claims.hpp"
#include "storage/sqlite/rows.hpp"
#include "storage/sqlite/run_journal.hpp"
#include "storage/sqlite/signals.hpp"
#include "storage/sqlite/statistics.hpp"

#include <algorithm>
#include <set>
#include <vector>

namespace goflow::storage {
namespace {

using core::Error;
using core::ErrorCode;
using core::Execution;
using core::Result;

constexpr std::string_view ids_by_beginning = R"sql(
SELECT id FROM executions WHERE id >= ?1 AND id < ?1 || char(1114111)
  UNION SELECT id FROM executions WHERE id >= ?2 AND id < ?2 || char(1114111)
  ORDER BY id DESC LIMIT ?3)sql";

// Long endings are found by the index of endings, short ones by a walk over the ids alone.
constexpr std::string_view ids_by_long_ending = R"sql(
SELECT id FROM executions
  WHERE substr(id, -8) = substr(?1, -8) AND substr(id, -length(?1)) = ?1
  ORDER BY id DESC LIMIT ?2)sql";
constexpr std::string_view ids_by_short_ending = R"sql(
SELECT id FROM executions WHERE substr(id, -length(?1)) = ?1 ORDER BY id DESC LIMIT ?2)sql";
constexpr std::size_t long_ending = 8;

// The nodes whose rows, logs or attempts may have changed: a log grows without a number of its own.
constexpr const char* changed_since = "(n.change_seq > ?2 OR n.status = 'running')";

constexpr std::string_view select_variables = R"sql(
SELECT v.id, v.scope, coalesce(n.path, n.node_id), v.variable_name, v.old_value IS NOT NULL, v.old_value,
    v.new_value, v.timestamp
  FROM variable_snapshots v LEFT JOIN node_executions n ON n.id = v.node_execution_id
  WHERE v.execution_id = ?1 ORDER BY v.id)sql";

constexpr std::string_view select_owner = R"sql(
SELECT epoch, pid, pid_started, boot_id, pid_namespace, host, heartbeat_at
  FROM execution_owners WHERE execution_id = ?1)sql";

constexpr std::string_view leave_queue = "DELETE FROM run_queue WHERE execution_id = ?1";

constexpr std::string_view update_cancel = R"sql(
UPDATE executions SET cancel = ?2, change_seq = change_seq + 1 WHERE id = ?1)sql";

constexpr std::string_view delete_references_of_node = R"sql(
DELETE FROM blob_refs WHERE owner_kind IN ('node', 'log')
  AND owner_id = (SELECT id FROM node_executions WHERE execution_id = ?1 AND path = ?2))sql";

Error no_execution(const std::string& id) {
  return Error{ErrorCode::not_found, "no execution '" + id + "'"};
}

Error has_ended(const Execution& execution) {
  return Error{ErrorCode::failed_precondition,
               "execution '" + execution.id + "' has ended: it is " +
                   std::string(to_string(execution.status))};
}

core::VariableChange read_variable(Query& row, const RecordedClaims& recorded) {
  const RowOwner owner{"variable", row.text()};
  core::VariableChange change;
  change.scope = row.text();
  change.node_path = row.text();
  change.name = row.text();
  const bool had_value = row.integer() != 0;
  const core::Value old_value = read_json(row);
  if (had_value) change.old_value = recorded.restored(old_value, owner, "old", change.name);
  change.new_value = recorded.restored(read_json(row), owner, "new", change.name);
  change.at = read_time(row);
  return change;
}

class SqliteExecutionStore final : public core::ExecutionStore {
 public:
  SqliteExecutionStore(std::shared_ptr<Database> database, core::ClaimReader& claims)
      : database_(std::move(database)), claims_(claims) {}

  Result<void> create(const Execution& execution, const std::string& definition) override {
    return database_->write(
        [&]() -> Result<void> { return insert_execution(*database_, execution, definition); });
  }

  Result<std::optional<Execution>> find(const std::string& id) override {
    return database_->read([&] { return find_now(id); });
  }

  Result<std::optional<Execution>> find_by_slug(const std::string& slug) override {
    return database_->read([&] { return find_one(" WHERE e.slug = ?1", slug); });
  }

  Result<std::vector<std::string>> matching_ids(const std::string& part, int limit) override {
    if (part.empty()) return std::vector<std::string>();
    return database_->read([&] { return matching_ids_now(part, limit); });
  }

  Result<std::optional<Execution>> latest(const std::optional<std::string>& workflow_id) override {
    return database_->read([&]() -> Result<std::optional<Execution>> {
      const core::ExecutionFilter filter{.workflow_id = workflow_id,
                                         .with_children = workflow_id.has_value()};
      const core::ExecutionPage page = read_page(*database_, filter, 1, std::nullopt);
      if (page.executions.empty()) return std::optional<Execution>();
      return find_now(page.executions.front().id);
    });
  }

  Result<std::map<std::string, Execution>> latest_by_workflow() override {
    return database_->read([&]() -> Result<std::map<std::string, Execution>> {
      return read_latest_by_workflow(*database_);
    });
  }

  Result<core::ExecutionPage> list(const core::ExecutionFilter& filter,
                                   int limit,
                                   const std::optional<core::PagePosition>& after) override {
    return database_->read([&]() -> Result<core::ExecutionPage> {
      return read_page(*database_, filter, limit, after);
    });
  }

  Result<core::ExecutionCount> count(const core::ExecutionFilter& filter,
                                     core::Counting counting) override {
    return database_->read_state([&]() -> Result<core::ExecutionCount> {
      return count_matches(*database_, filter, counting);
    });
  }

  Result<core::StatisticsByName> statistics(const core::ExecutionFilter& filter) override {
    return database_->read(
        [&]() -> Result<core::StatisticsByName> { return read_statistics(*database_, filter); });
  }

  Result<core::StatisticsByName> node_statistics(const core::ExecutionFilter& filter) override {
    return database_->read([&]() -> Result<core::StatisticsByName> {
      return read_node_statistics(*database_, filter);
    });
  }

  Result<std::vector<core::NodeExecution>> nodes(const std::string& execution_id) override {
    return database_->read([&] { return nodes_now(execution_id); });
  }

  Result<std::vector<Execution>> children(const std::string& execution_id) override {
    return rows_of(select_execution(Detail::summary) +
                       " WHERE e.parent_execution_id = ?1 ORDER BY e.created_at, e.rowid",
                   execution_id,
                   read_execution);
  }

  Result<std::vector<core::NodeAttempt>> attempts(const std::string& execution_id) override {
    return rows_of(select_attempts("TRUE"), execution_id, read_attempt);
  }

  Result<std::vector<core::NodeLog>> logs(const std::string& execution_id) override {
    return rows_of(select_logs("TRUE"), execution_id, read_log);
  }

  Result<std::vector<core::NodeLog>> spooled_logs(const std::string& execution_id) override {
    return rows_of(select_logs("l.spool IS NOT NULL"), execution_id, read_log);
  }

  Result<std::vector<core::VariableChange>> variables(const std::string& execution_id) override {
    return database_->read_state([&]() -> Result<std::vector<core::VariableChange>> {
      const RecordedClaims recorded(*database_, execution_id, claims_);
      Query query(*database_, select_variables);
      query.bind(execution_id);
      std::vector<core::VariableChange> changes;
      while (query.next()) {
        changes.push_back(read_variable(query, recorded));
      }
      return changes;
    });
  }

  Result<std::string> definition(const std::string& sha256) override {
    return database_->read([&]() -> Result<std::string> {
      Query query(*database_, "SELECT yaml FROM definitions WHERE sha256 = ?1");
      if (query.bind(sha256).next()) return query.text();
      return Error{ErrorCode::not_found, "no definition '" + sha256 + "'"};
    });
  }

  Result<core::ExecutionChanges> changes(const std::string& execution_id,
                                         std::int64_t after) override {
    return database_->read_state([&]() -> Result<core::ExecutionChanges> {
      core::ExecutionChanges changes;
      GOFLOW_TRY(changes.execution, find_now(execution_id));
      changes.nodes = rows_since(
          select_node() + " WHERE n.execution_id = ?1 AND n.change_seq > ?2 ORDER BY n.change_seq",
          execution_id,
          after,
          read_node);
      const RecordedClaims recorded(*database_, execution_id, claims_);
      for (core::NodeExecution& node : changes.nodes) {
        recorded.restore(node);
      }
      changes.attempts =
          rows_since(select_attempts(changed_since), execution_id, after, read_attempt);
      changes.logs = rows_since(select_logs(changed_since), execution_id, after, read_log);
      return changes;
    });
  }

  Result<std::int64_t> version() override {
    return database_->read([&]() -> Result<std::int64_t> {
      Query query(*database_, "PRAGMA data_version");
      query.next();
      return query.integer();
    });
  }

  Result<Execution> update(const std::string& execution_id,
                           const std::function<Result<void>(Execution&)>& change) override {
    return database_->write([&]() -> Result<Execution> {
      GOFLOW_TRY(std::optional<Execution> execution, find_now(execution_id));
      if (!execution) return no_execution(execution_id);
      GOFLOW_TRY(change(*execution));
      ++execution->change_seq;
      GOFLOW_TRY(update_execution(*database_, *execution));
      return *std::move(execution);
    });
  }

  Result<Execution> update_with_nodes(
      const std::string& execution_id,
      const std::function<Result<void>(Execution&, std::vector<core::NodeExecution>&)>& change)
      override {
    return database_->write([&]() -> Result<Execution> {
      GOFLOW_TRY(std::optional<Execution> execution, find_now(execution_id));
      if (!execution) return no_execution(execution_id);
      GOFLOW_TRY(std::vector<core::NodeExecution> nodes, nodes_now(execution_id));
      GOFLOW_TRY(change(*execution, nodes));
      GOFLOW_TRY(replace_nodes(*execution, nodes));
      ++execution->change_seq;
      GOFLOW_TRY(update_execution(*database_, *execution));
      return *std::move(execution);
    });
  }

  Result<void> remove(const std::vector<std::string>& execution_ids,
                      const std::function<Result<void>(const Execution&)>& may_remove) override {
    return database_->write([&]() -> Result<void> {
      const auto all = with_descendants(*database_, execution_ids);
      for (const std::string& id : all) {
        GOFLOW_TRY(const std::optional<Execution> execution, find_now(id));
        if (!execution) return no_execution(id);
        GOFLOW_TRY(may_remove(*execution));
      }
      for (const std::string& id : all) {
        delete_execution(*database_, id);
      }
      return {};
    });
  }

  Result<std::unique_ptr<core::RunJournal>> take_ownership(
      const std::string& execution_id,
      const core::Owner& owner,
      const std::function<bool(const core::Owner&)>& may_take) override {
    return database_->write([&]() -> Result<std::unique_ptr<core::RunJournal>> {
      GOFLOW_TRY(const std::int64_t last_epoch, free_epoch(execution_id, may_take));
      write_owner(*database_, execution_id, last_epoch + 1, owner);
      Query(*database_, leave_queue).bind(execution_id).run();
      return std::unique_ptr<core::RunJournal>(
          std::make_unique<SqliteRunJournal>(database_, execution_id, last_epoch + 1, claims_));
    });
  }

  Result<void> request_cancel(const std::string& execution_id,
                              const core::CancelRequest& request) override {
    return database_->write([&]() -> Result<void> {
      GOFLOW_TRY(const std::optional<Execution> execution, find_now(execution_id));
      if (!execution) return no_execution(execution_id);
      if (is_terminal(execution->status)) return has_ended(*execution);
      // A gentle request that comes after a forceful one does not soften it.
      const bool weaker = execution->cancel && execution->cancel->force && !request.force;
      if (weaker) return {};
      Query(*database_, update_cancel).bind(execution_id, cancel_column(request)).run();
      return {};
    });
  }

  Result<void> send_signal(const std::string& execution_id, const core::Signal& signal) override {
    return database_->write([&]() -> Result<void> {
      GOFLOW_TRY(const std::optional<Execution> execution, find_now(execution_id));
      if (!execution) return no_execution(execution_id);
      if (is_terminal(execution->status)) return has_ended(*execution);
      return add_signal(*database_, execution_id, signal);
    });
  }

 private:
  Result<std::optional<Execution>> find_now(const std::string& id) {
    return find_one(" WHERE e.id = ?1", id);
  }

  Result<std::optional<Execution>> find_one(const char* condition, const std::string& word) {
    Query query(*database_, select_execution(Detail::full) + condition);
    if (!query.bind(word).next()) return std::optional<Execution>();
    std::optional<Execution> execution = read_execution(query);
    RecordedClaims(*database_, execution->id, claims_).restore(*execution);
    return execution;
  }

  Result<std::vector<core::NodeExecution>> nodes_now(const std::string& execution_id) {
    Query query(*database_,
                select_node() + " WHERE n.execution_id = ?1 ORDER BY n.started_at, n.id");
    query.bind(execution_id);
    const RecordedClaims recorded(*database_, execution_id, claims_);
    std::vector<core::NodeExecution> nodes;
    while (query.next()) {
      nodes.push_back(read_node(query));
      recorded.restore(nodes.back());
    }
    return nodes;
  }

  /// Numbers the changes from where the execution stands.
  Result<void> replace_nodes(Execution& execution, std::vector<core::NodeExecution>& nodes) {
    std::set<std::string> paths;
    for (core::NodeExecution& node : nodes) {
      node.change_seq = ++execution.change_seq;
      paths.insert(node.path);
      GOFLOW_TRY(write_node(*database_, execution.id, node));
    }
    for (const std::string& path : recorded_paths(execution.id)) {
      if (paths.contains(path)) continue;
      Query(*database_, delete_references_of_node).bind(execution.id, path).run();
      Query(*database_, "DELETE FROM node_executions WHERE execution_id = ?1 AND path = ?2")
          .bind(execution.id, path)
          .run();
    }
    return {};
  }

  std::vector<std::string> recorded_paths(const std::string& execution_id) {
    Query query(*database_,
                "SELECT path FROM node_executions WHERE execution_id = ?1 AND path IS NOT NULL");
    query.bind(execution_id);
    std::vector<std::string> paths;
    while (query.next()) {
      paths.push_back(query.text());
    }
    return paths;
  }

  template <class Read>
  auto rows_since(const std::string& sql,
                  const std::string& execution_id,
                  std::int64_t after,
                  Read read) -> std::vector<std::invoke_result_t<Read, Query&>> {
    Query query(*database_, sql);
    query.bind(execution_id, after);
    std::vector<std::invoke_result_t<Read, Query&>> rows;
    while (query.next()) {
      rows.push_back(read(query));
    }
    return rows;
  }

  Result<std::vector<std::string>> matching_ids_now(const std::string& part, int limit) {
    std::vector<std::string> ids;
    Query beginnings(*database_, ids_by_beginning);
    beginnings.bind(part, "wex-" + part, limit);
    while (beginnings.next()) {
      ids.push_back(beginnings.text());
    }
    Query endings(*database_, part.size() < long_ending ? ids_by_short_ending : ids_by_long_ending);
    endings.bind(part, limit);
    while (std::ssize(ids) < limit && endings.next()) {
      std::string id = endings.text();
      if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(std::move(id));
    }
    return ids;
  }

  template <class Read>
  auto rows_of(std::string_view sql, const std::string& execution_id, Read read)
      -> Result<std::vector<std::invoke_result_t<Read, Query&>>> {
    using Rows = std::vector<std::invoke_result_t<Read, Query&>>;
    return database_->read([&]() -> Result<Rows> {
      Query query(*database_, sql);
      query.bind(execution_id);
      Rows rows;
      while (query.next()) {
        rows.push_back(read(query));
      }
      return rows;
    });
  }

  /// The epoch of the last owner, 0 when there has been none; an Error when it keeps the run.
  Result<std::int64_t> free_epoch(const std::string& execution_id,
                                  const std::function<bool(const core::Owner&)>& may_take) {
    Query exists(*database_, "SELECT 1 FROM executions WHERE id = ?1");
    if (!exists.bind(execution_id).next()) return no_execution(execution_id);
    Query query(*database_, select_owner);
    if (!query.bind(execution_id).next()) return 0;
    const core::Owner recorded = read_owner(query);
    if (recorded.pid == 0 || may_take(recorded)) return recorded.epoch;
    return Error{ErrorCode::failed_precondition,
                 "execution '" + execution_id + "' is run by process " +
                     std::to_string(recorded.pid) + " on '" + recorded.host + "'"};
  }

  std::shared_ptr<Database> database_;
  core::ClaimReader& claims_;
};

}  // namespace

std::unique_ptr<core::ExecutionStore> make_execution_store(std::shared_ptr<Database> database,
                                                           core::ClaimReader& claims) {
  return std::make_unique<SqliteExecutionStore>(std::move(database), claims);
}

Result<std::unique_ptr<core::ExecutionStore>> open_execution_store(const std::string& path,
                                                                   const core::Clock& clock,
                                                                   const HistoryNotice& notice) {
  GOFLOW_TRY(std::shared_ptr<Database> database, open_history(path, clock, notice));
  return make_execution_store(std::move(database));
}

}  // namespace goflow::storage
