#include "storage/sqlite/run_journal.hpp"

#include "core/value/json.hpp"
#include "storage/sqlite/blob_references.hpp"
#include "storage/sqlite/node_writing.hpp"
#include "storage/sqlite/query.hpp"
#include "storage/sqlite/recorded_claims.hpp"
#include "storage/sqlite/rows.hpp"
#include "storage/sqlite/signals.hpp"

namespace goflow::storage {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;

// The number of the latest change; no row when the run is not ours any more.
constexpr std::string_view select_change = R"sql(
SELECT change_seq FROM executions
  WHERE id = ?1 AND EXISTS (SELECT 1 FROM execution_owners
                            WHERE execution_id = ?1 AND epoch = ?2 AND pid <> 0))sql";

// Not in one with the question before: for RETURNING, SQLite keeps a journal of the statement,
// which costs more than two statements do.
constexpr std::string_view update_change = "UPDATE executions SET change_seq = ?2 WHERE id = ?1";

// Both in one, as long as nobody else has counted a change: a signal or a cancellation does.
constexpr std::string_view update_known_change = R"sql(
UPDATE executions SET change_seq = ?4
  WHERE id = ?1 AND change_seq = ?3 AND EXISTS (SELECT 1 FROM execution_owners
                                                WHERE execution_id = ?1 AND epoch = ?2
                                                  AND pid <> 0))sql";

constexpr std::string_view upsert_attempt = R"sql(
INSERT OR REPLACE INTO node_attempts (node_execution_id, attempt, status, started_at, completed_at,
    error_type, error_message, error_node_id, error_path, error_context)
  SELECT id, ?3, CASE WHEN ?11 THEN 'retried' ELSE 'failed' END, ?4, ?5, ?6, ?7, ?8, ?9, ?10
    FROM node_executions WHERE execution_id = ?1 AND path = ?2)sql";

constexpr std::string_view upsert_log = R"sql(
INSERT OR REPLACE INTO node_logs (node_execution_id, attempt, stream, size_bytes, marks, spool,
    content)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, CAST(?7 AS BLOB)))sql";

constexpr std::string_view select_node_id =
    "SELECT id FROM node_executions WHERE execution_id = ?1 AND path = ?2";

constexpr std::string_view insert_variable = R"sql(
INSERT INTO variable_snapshots (execution_id, node_execution_id, scope, variable_name, old_value,
    new_value, timestamp)
  VALUES (?1, (SELECT id FROM node_executions WHERE execution_id = ?1 AND path = ?2),
    ?3, ?4, ?5, ?6, ?7))sql";

// Who leaves an end behind takes the run up again: what was asked of it before is over.
constexpr std::string_view update_execution = R"sql(
UPDATE executions SET status = ?2, started_at = ?3, completed_at = ?4, return_value = ?5,
    deadline_at = ?6, error_type = ?7, error_message = ?8, error_node_id = ?9, error_path = ?10,
    error_context = ?11, warnings = ?12,
    audit = CASE WHEN ?13 IS NULL THEN audit
                 ELSE json_set(audit, '$.status_audit', json(?13)) END,
    reopened = ?14,
    cancel = CASE WHEN status IN ('failed', 'timed_out', 'cancelled') THEN NULL ELSE cancel END
  WHERE id = ?1)sql";

constexpr std::string_view update_heartbeat = R"sql(
UPDATE execution_owners SET heartbeat_at = ?3
  WHERE execution_id = ?1 AND epoch = ?2 AND pid <> 0)sql";

constexpr std::string_view select_own = R"sql(
SELECT 1 FROM execution_owners WHERE execution_id = ?1 AND epoch = ?2 AND pid <> 0)sql";

constexpr std::string_view select_cancel = "SELECT cancel FROM executions WHERE id = ?1";

// The row stays, for its epoch: were it to start over, an owner of long ago could write again.
constexpr std::string_view give_up = R"sql(
UPDATE execution_owners SET pid = 0 WHERE execution_id = ?1 AND epoch = ?2)sql";

}  // namespace

Result<void> SqliteRunJournal::commit(core::JournalBatch& batch) {
  if (batch.empty()) return {};
  return database_->write([&] { return write(batch); });
}

Result<void> SqliteRunJournal::write(core::JournalBatch& batch) {
  GOFLOW_TRY(std::int64_t change, reserve_changes(batch));
  for (core::NodeExecution& node : batch.nodes) {
    node.change_seq = ++change;
    GOFLOW_TRY(write_node(*database_, execution_id_, node));
  }
  for (const core::NodeAttempt& attempt : batch.attempts) {
    GOFLOW_TRY(write_attempt(attempt));
  }
  for (const core::VariableChange& variable : batch.variables) {
    GOFLOW_TRY(write_variable(variable));
  }
  for (const core::NodeLog& log : batch.logs) {
    GOFLOW_TRY(write_log(log));
  }
  if (batch.execution) {
    batch.execution->change_seq = ++change;
    GOFLOW_TRY(write_execution(*batch.execution));
  }
  return {};
}

/// The number before the first change of the batch.
Result<std::int64_t> SqliteRunJournal::reserve_changes(const core::JournalBatch& batch) {
  const auto changes = static_cast<std::int64_t>(batch.nodes.size() + (batch.execution ? 1 : 0));
  if (latest_change_) {
    const std::int64_t known = *latest_change_;
    Query query(*database_, update_known_change);
    if (query.bind(execution_id_, epoch_, known, known + changes).run() == 1) {
      latest_change_ = known + changes;
      return known;
    }
  }
  Query query(*database_, select_change);
  query.bind(execution_id_, epoch_);
  if (!query.next()) return taken_over();
  const std::int64_t latest = query.integer();
  latest_change_ = latest + changes;
  Query(*database_, update_change).bind(execution_id_, *latest_change_).run();
  return latest;
}

Result<void> SqliteRunJournal::write_attempt(const core::NodeAttempt& attempt) {
  Query query(*database_, upsert_attempt);
  query.bind(
      execution_id_, attempt.path, attempt.attempt, attempt.started_at, attempt.completed_at);
  bind_failure(query, attempt.error);
  query.bind(attempt.before_retry ? 1 : 0);
  if (query.run() == 0) return no_node(attempt.path);
  return {};
}

Result<void> SqliteRunJournal::write_log(const core::NodeLog& log) {
  Query node(*database_, select_node_id);
  if (!node.bind(execution_id_, log.path).next()) return no_node(log.path);
  const std::string node_id = node.text();
  Query(*database_, upsert_log)
      .bind(node_id,
            log.attempt,
            log.stream,
            log.size_bytes,
            marks_column(log.marks),
            text_column(log.spool),
            log.claim ? core::to_json(to_value(*log.claim)) : log.content)
      .run();
  if (!log.claim) return {};
  const std::string slot = log.stream + "#" + std::to_string(log.attempt);
  return write_references(*database_,
                          {{.execution_id = execution_id_,
                            .slot = {"log", node_id, slot},
                            .key = log.claim->key,
                            .encoding = core::Encoding::bytes}});
}

Result<void> SqliteRunJournal::write_variable(const core::VariableChange& change) {
  // The owner of its claims is the row, whose number is known when it is there.
  ClaimingColumns columns(execution_id_, {"variable", {}});
  std::optional<std::string> old_value;
  if (change.old_value) old_value = columns.json(*change.old_value, "old").value_or("null");
  const std::string new_value = columns.json(change.new_value, "new").value_or("null");
  Query(*database_, insert_variable)
      .bind(execution_id_,
            change.node_path,
            change.scope,
            change.name,
            old_value,
            new_value,
            change.at)
      .run();
  if (!columns.has_claims()) return {};
  Query row(*database_, "SELECT last_insert_rowid()");
  row.next();
  columns.set_owner_id(std::to_string(row.integer()));
  return columns.write_references(*database_);
}

Result<void> SqliteRunJournal::write_execution(const core::Execution& execution) {
  ClaimingColumns columns(execution_id_, {"execution", execution_id_});
  Query query(*database_, update_execution);
  query.bind(execution_id_,
             to_string(execution.status),
             execution.started_at.value_or(execution.created_at),
             execution.completed_at,
             columns.json(execution.return_value, "return"),
             execution.deadline_at);
  bind_failure(query, execution.error);
  // Only this half of the audit is the owner's: somebody may have given the run a name meanwhile.
  query.bind(warnings_column(execution.warnings),
             status_audit_column(execution.audit),
             execution.reopened);
  query.run();
  return columns.write_references(*database_);
}

Result<std::optional<core::CancelRequest>> SqliteRunJournal::heartbeat(core::Timestamp now) {
  return database_->write([&]() -> Result<std::optional<core::CancelRequest>> {
    Query beat(*database_, update_heartbeat);
    if (beat.bind(execution_id_, epoch_, now).run() == 0) return taken_over();
    Query cancel(*database_, select_cancel);
    cancel.bind(execution_id_).next();
    return read_cancel(cancel);
  });
}

Result<std::optional<core::Signal>> SqliteRunJournal::take_signal(
    const std::string& path,
    const std::string& name,
    const std::optional<core::Timestamp>& until,
    core::Timestamp now) {
  return database_->write([&]() -> Result<std::optional<core::Signal>> {
    if (!is_ours()) return taken_over();
    auto signal = storage::take_signal(*database_, {execution_id_, path, name, until}, now);
    if (signal) {
      const RecordedClaims recorded(*database_, execution_id_, claims_);
      signal->payload = recorded.restored(
          std::move(signal->payload), {"signal", signal->id}, "payload", signal->name);
    }
    return signal;
  });
}

Result<void> SqliteRunJournal::release() {
  GOFLOW_TRY(database_->write([&]() -> Result<void> {
    Query(*database_, give_up).bind(execution_id_, epoch_).run();
    return {};
  }));
  database_->checkpoint();
  return {};
}

bool SqliteRunJournal::is_ours() {
  Query owner(*database_, select_own);
  return owner.bind(execution_id_, epoch_).next();
}

Error SqliteRunJournal::taken_over() const {
  return Error{ErrorCode::failed_precondition,
               "another process has taken over execution '" + execution_id_ + "'"};
}

Error SqliteRunJournal::no_node(const std::string& path) const {
  return Error{ErrorCode::internal,
               "execution '" + execution_id_ + "' has no node at '" + path + "'"};
}

}  // namespace goflow::storage
