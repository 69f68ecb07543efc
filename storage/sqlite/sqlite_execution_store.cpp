#include "storage/sqlite/sqlite_execution_store.hpp"

#include "core/base/sha256.hpp"
#include "storage/sqlite/listing.hpp"
#include "storage/sqlite/query.hpp"
#include "storage/sqlite/rows.hpp"
#include "storage/sqlite/run_journal.hpp"
#include "storage/sqlite/signals.hpp"

#include <algorithm>
#include <vector>

namespace goflow::storage {
namespace {

using core::Error;
using core::ErrorCode;
using core::Execution;
using core::Result;

constexpr std::string_view insert_definition = R"sql(
INSERT OR IGNORE INTO definitions (sha256, yaml, created_at) VALUES (?1, ?2, ?3))sql";

constexpr std::string_view insert_execution = R"sql(
INSERT INTO executions (id, workflow_id, workflow_version, status, created_at, started_at,
    completed_at, deadline_at, definition_sha256, inputs, return_value, trigger_data, cancel,
    parent_execution_id, parent_node_execution_id,
    error_type, error_message, error_node_id, error_path, error_context)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)
  ON CONFLICT (id) DO NOTHING)sql";

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

constexpr std::string_view select_attempts = R"sql(
SELECT coalesce(n.path, n.node_id), a.attempt, a.started_at, a.completed_at, a.error_type,
    a.error_message, a.error_node_id, a.error_path, a.error_context
  FROM node_executions n JOIN node_attempts a ON a.node_execution_id = n.id
  WHERE n.execution_id = ?1 ORDER BY n.path, a.attempt)sql";

constexpr std::string_view select_logs = R"sql(
SELECT coalesce(n.path, n.node_id), l.attempt, l.stream, l.content
  FROM node_executions n JOIN node_logs l ON l.node_execution_id = n.id
  WHERE n.execution_id = ?1 ORDER BY n.started_at, n.id, l.attempt, l.stream)sql";

constexpr std::string_view select_variables = R"sql(
SELECT v.scope, coalesce(n.path, n.node_id), v.variable_name, v.old_value IS NOT NULL, v.old_value,
    v.new_value, v.timestamp
  FROM variable_snapshots v LEFT JOIN node_executions n ON n.id = v.node_execution_id
  WHERE v.execution_id = ?1 ORDER BY v.id)sql";

constexpr std::string_view select_owner = R"sql(
SELECT epoch, pid, pid_started, boot_id, pid_namespace, host, heartbeat_at
  FROM execution_owners WHERE execution_id = ?1)sql";

constexpr std::string_view upsert_owner = R"sql(
INSERT OR REPLACE INTO execution_owners (execution_id, epoch, pid, pid_started, boot_id,
    pid_namespace, host, heartbeat_at)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8))sql";

constexpr std::string_view update_cancel = R"sql(
UPDATE executions SET cancel = ?2, change_seq = change_seq + 1 WHERE id = ?1)sql";

Error no_execution(const std::string& id) {
  return Error{ErrorCode::not_found, "no execution '" + id + "'"};
}

Error has_ended(const Execution& execution) {
  return Error{ErrorCode::failed_precondition,
               "execution '" + execution.id + "' has ended: it is " +
                   std::string(to_string(execution.status))};
}

class SqliteExecutionStore final : public core::ExecutionStore {
 public:
  explicit SqliteExecutionStore(std::shared_ptr<Database> database)
      : database_(std::move(database)) {}

  Result<void> create(const Execution& execution, const std::string& definition) override {
    const std::string sha256 = core::sha256_hex(definition);
    return database_->write([&]() -> Result<void> {
      Query(*database_, insert_definition).bind(sha256, definition, execution.created_at).run();
      if (insert(execution, sha256) == 1) return {};
      return Error{ErrorCode::already_exists, "execution '" + execution.id + "' already exists"};
    });
  }

  Result<std::optional<Execution>> find(const std::string& id) override {
    return database_->read([&] { return find_now(id); });
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

  Result<std::vector<core::NodeExecution>> nodes(const std::string& execution_id) override {
    return rows_of(select_node() + " WHERE n.execution_id = ?1 ORDER BY n.started_at, n.id",
                   execution_id,
                   read_node);
  }

  Result<std::vector<Execution>> children(const std::string& execution_id) override {
    return rows_of(select_execution(Detail::summary) +
                       " WHERE e.parent_execution_id = ?1 ORDER BY e.created_at, e.rowid",
                   execution_id,
                   read_execution);
  }

  Result<std::vector<core::NodeAttempt>> attempts(const std::string& execution_id) override {
    return rows_of(select_attempts, execution_id, [](Query& row) {
      core::NodeAttempt attempt;
      attempt.path = row.text();
      attempt.attempt = static_cast<int>(row.integer());
      attempt.started_at = read_time(row);
      attempt.completed_at = core::parse_rfc3339(row.text());
      attempt.error = read_failure(row);
      return attempt;
    });
  }

  Result<std::vector<core::NodeLog>> logs(const std::string& execution_id) override {
    return rows_of(select_logs, execution_id, [](Query& row) {
      return core::NodeLog{.path = row.text(),
                           .attempt = static_cast<int>(row.integer()),
                           .stream = row.text(),
                           .content = row.text()};
    });
  }

  Result<std::vector<core::VariableChange>> variables(const std::string& execution_id) override {
    return rows_of(select_variables, execution_id, [](Query& row) {
      core::VariableChange change;
      change.scope = row.text();
      change.node_path = row.text();
      change.name = row.text();
      const bool had_value = row.integer() != 0;
      const core::Value old_value = read_json(row);
      if (had_value) change.old_value = old_value;
      change.new_value = read_json(row);
      change.at = read_time(row);
      return change;
    });
  }

  Result<std::string> definition(const std::string& sha256) override {
    return database_->read([&]() -> Result<std::string> {
      Query query(*database_, "SELECT yaml FROM definitions WHERE sha256 = ?1");
      if (query.bind(sha256).next()) return query.text();
      return Error{ErrorCode::not_found, "no definition '" + sha256 + "'"};
    });
  }

  Result<std::unique_ptr<core::RunJournal>> take_ownership(
      const std::string& execution_id,
      const core::Owner& owner,
      const std::function<bool(const core::Owner&)>& may_take) override {
    return database_->write([&]() -> Result<std::unique_ptr<core::RunJournal>> {
      GOFLOW_TRY(const std::int64_t last_epoch, free_epoch(execution_id, may_take));
      Query(*database_, upsert_owner)
          .bind(execution_id,
                last_epoch + 1,
                owner.pid,
                owner.pid_started,
                owner.boot_id,
                owner.pid_namespace,
                owner.host,
                owner.heartbeat_at)
          .run();
      return std::unique_ptr<core::RunJournal>(
          std::make_unique<SqliteRunJournal>(database_, execution_id, last_epoch + 1));
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
      add_signal(*database_, execution_id, signal);
      return {};
    });
  }

 private:
  int insert(const Execution& execution, const std::string& sha256) {
    Query query(*database_, insert_execution);
    query.bind(execution.id,
               execution.workflow_id,
               execution.workflow_version,
               to_string(execution.status),
               execution.created_at,
               execution.started_at.value_or(execution.created_at),
               execution.completed_at,
               execution.deadline_at,
               sha256,
               json_column(execution.inputs),
               json_column(execution.return_value),
               trigger_column(execution),
               cancel_column(execution.cancel));
    const core::ParentNode parent = execution.parent.value_or(core::ParentNode());
    query.bind(text_column(parent.execution_id), text_column(parent.node_execution_id));
    bind_failure(query, execution.error);
    return query.run();
  }

  Result<std::optional<Execution>> find_now(const std::string& id) {
    Query query(*database_, select_execution(Detail::full) + " WHERE e.id = ?1");
    if (!query.bind(id).next()) return std::optional<Execution>();
    return std::optional(read_execution(query));
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
};

}  // namespace

Result<std::unique_ptr<core::ExecutionStore>> open_execution_store(const std::string& path,
                                                                   const core::Clock& clock,
                                                                   const HistoryNotice& notice) {
  GOFLOW_TRY(std::shared_ptr<Database> database, open_history(path, clock, notice));
  return std::unique_ptr<core::ExecutionStore>(
      std::make_unique<SqliteExecutionStore>(std::move(database)));
}

}  // namespace goflow::storage
