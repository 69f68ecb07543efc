#include "storage/sqlite/execution_writing.hpp"

#include "core/base/sha256.hpp"
#include "core/execution/naming.hpp"
#include "storage/sqlite/query.hpp"
#include "storage/sqlite/recorded_claims.hpp"
#include "storage/sqlite/rows.hpp"

#include <algorithm>

namespace goflow::storage {
namespace {

using core::Error;
using core::ErrorCode;
using core::Execution;
using core::Result;

constexpr std::string_view insert_definition = R"sql(
INSERT OR IGNORE INTO definitions (sha256, yaml, created_at) VALUES (?1, ?2, ?3))sql";

constexpr std::string_view insert_row = R"sql(
INSERT INTO executions (id, workflow_id, workflow_version, status, created_at, started_at,
    completed_at, deadline_at, definition_sha256, inputs, return_value, trigger_data, cancel,
    error_type, error_message, error_node_id, error_path, error_context, name, slug, instance_id,
    runner, parent_execution_id, parent_node_execution_id, rerun_of, temporal_workflow_id, audit,
    annotations)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,
    ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28)
  ON CONFLICT (id) DO NOTHING)sql";

constexpr std::string_view update_row = R"sql(
UPDATE executions SET status = ?2, started_at = ?3, completed_at = ?4, return_value = ?5,
    error_type = ?6, error_message = ?7, error_node_id = ?8, error_path = ?9, error_context = ?10,
    name = ?11, slug = ?12, temporal_workflow_id = ?13, audit = ?14, annotations = ?15,
    change_seq = ?16
  WHERE id = ?1)sql";

constexpr std::string_view insert_tag = R"sql(
INSERT INTO execution_tags (execution_id, tag, created_at) VALUES (?1, ?2, ?3))sql";
constexpr std::string_view insert_label = R"sql(
INSERT INTO execution_labels (execution_id, key, value, created_at) VALUES (?1, ?2, ?3, ?4))sql";

constexpr std::string_view upsert_owner = R"sql(
INSERT OR REPLACE INTO execution_owners (execution_id, epoch, pid, pid_started, boot_id,
    pid_namespace, host, heartbeat_at)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8))sql";

constexpr std::string_view insert_queue_place = R"sql(
INSERT INTO run_queue (execution_id, workflow_id, max_active_runs) VALUES (?1, ?2, ?3))sql";

constexpr std::string_view select_descendants = R"sql(
WITH RECURSIVE family(id) AS (
  SELECT ?1 UNION SELECT e.id FROM executions e JOIN family ON e.parent_execution_id = family.id)
SELECT id FROM family)sql";

Result<void> check_slug(Database& database, const Execution& execution) {
  if (execution.slug.empty()) return {};
  Query query(database, "SELECT id, name FROM executions WHERE slug = ?1 AND id <> ?2");
  if (!query.bind(execution.slug, execution.id).next()) return {};
  const std::string id = query.text();
  return core::slug_is_taken(execution.slug, query.text(), id);
}

// They carry the time of the execution, so that a listing by tag comes in its order.
void insert_words(Database& database, const Execution& execution) {
  for (const std::string& tag : execution.tags) {
    Query(database, insert_tag).bind(execution.id, tag, execution.created_at).run();
  }
  for (const auto& [key, value] : execution.labels) {
    Query(database, insert_label).bind(execution.id, key, value, execution.created_at).run();
  }
}

}  // namespace

Result<void> insert_execution(Database& database,
                              const Execution& execution,
                              const std::string& definition) {
  const std::string sha256 = core::sha256_hex(definition);
  Query(database, insert_definition).bind(sha256, definition, execution.created_at).run();
  GOFLOW_TRY(check_slug(database, execution));
  ClaimingColumns columns(execution.id, {"execution", execution.id});
  Query query(database, insert_row);
  query.bind(execution.id,
             execution.workflow_id,
             execution.workflow_version,
             to_string(execution.status),
             execution.created_at,
             execution.started_at.value_or(execution.created_at),
             execution.completed_at,
             execution.deadline_at,
             sha256,
             columns.json(execution.inputs, "inputs"),
             columns.json(execution.return_value, "return"),
             trigger_column(execution),
             cancel_column(execution.cancel));
  bind_failure(query, execution.error);
  const core::ParentNode parent = execution.parent.value_or(core::ParentNode());
  query.bind(text_column(execution.name),
             text_column(execution.slug),
             text_column(execution.instance_id),
             to_string(execution.runner),
             text_column(parent.execution_id),
             text_column(parent.node_execution_id),
             text_column(execution.rerun_of),
             text_column(execution.temporal_workflow_id),
             audit_column(execution.audit),
             text_map_column(execution.annotations));
  if (query.run() == 0) {
    return Error{ErrorCode::already_exists, "execution '" + execution.id + "' already exists"};
  }
  insert_words(database, execution);
  if (execution.owner) write_owner(database, execution.id, 1, *execution.owner);
  if (execution.queue) {
    Query(database, insert_queue_place)
        .bind(execution.id, execution.workflow_id, execution.queue->max_active_runs)
        .run();
  }
  return columns.write_references(database);
}

void write_owner(Database& database,
                 const std::string& id,
                 std::int64_t epoch,
                 const core::Owner& owner) {
  Query(database, upsert_owner)
      .bind(id,
            epoch,
            owner.pid,
            owner.pid_started,
            owner.boot_id,
            owner.pid_namespace,
            owner.host,
            owner.heartbeat_at)
      .run();
}

Result<void> update_execution(Database& database, const Execution& execution) {
  GOFLOW_TRY(check_slug(database, execution));
  ClaimingColumns columns(execution.id, {"execution", execution.id});
  Query query(database, update_row);
  query.bind(execution.id,
             to_string(execution.status),
             execution.started_at.value_or(execution.created_at),
             execution.completed_at,
             columns.json(execution.return_value, "return"));
  bind_failure(query, execution.error);
  query.bind(text_column(execution.name),
             text_column(execution.slug),
             text_column(execution.temporal_workflow_id),
             audit_column(execution.audit),
             text_map_column(execution.annotations),
             execution.change_seq);
  query.run();
  Query(database, "DELETE FROM execution_tags WHERE execution_id = ?1").bind(execution.id).run();
  Query(database, "DELETE FROM execution_labels WHERE execution_id = ?1").bind(execution.id).run();
  insert_words(database, execution);
  return columns.write_references(database);
}

std::vector<std::string> with_descendants(Database& database, const std::vector<std::string>& ids) {
  std::vector<std::string> all;
  for (const std::string& id : ids) {
    Query family(database, select_descendants);
    family.bind(id);
    while (family.next()) {
      std::string member = family.text();
      if (std::find(all.begin(), all.end(), member) == all.end()) all.push_back(std::move(member));
    }
  }
  return all;
}

void delete_execution(Database& database, const std::string& id) {
  Query(database, "DELETE FROM executions WHERE id = ?1").bind(id).run();
}

}  // namespace goflow::storage
