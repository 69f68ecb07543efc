#include "storage/sqlite/node_writing.hpp"

#include "storage/sqlite/query.hpp"
#include "storage/sqlite/recorded_claims.hpp"
#include "storage/sqlite/rows.hpp"

namespace goflow::storage {
namespace {

constexpr std::string_view upsert_node = R"sql(
INSERT INTO node_executions (execution_id, id, node_id, node_type, path, status, attempt,
    retry_count, started_at, completed_at, inputs, outputs, error_type, error_message,
    error_node_id, error_path, error_context, reason, wait, process, warnings, facts,
    change_seq, copied_from)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7,
    ?7 - 1, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23)
  ON CONFLICT (execution_id, path) WHERE path IS NOT NULL DO UPDATE SET
    status = excluded.status, attempt = excluded.attempt, retry_count = excluded.retry_count,
    started_at = excluded.started_at, completed_at = excluded.completed_at,
    inputs = excluded.inputs, outputs = excluded.outputs, error_type = excluded.error_type,
    error_message = excluded.error_message, error_node_id = excluded.error_node_id,
    error_path = excluded.error_path, error_context = excluded.error_context,
    reason = excluded.reason, wait = excluded.wait, process = excluded.process,
    warnings = excluded.warnings, facts = excluded.facts, change_seq = excluded.change_seq)sql";

}  // namespace

core::Result<void> write_node(Database& database,
                              const std::string& execution_id,
                              const core::NodeExecution& node) {
  ClaimingColumns columns(execution_id, {"node", node.id});
  Query query(database, upsert_node);
  query.bind(execution_id,
             node.id,
             node.node_id,
             node.node_type,
             node.path,
             to_string(node.status),
             node.attempt,
             node.started_at.value_or(node.created_at),
             node.completed_at,
             columns.json(node.inputs, "inputs"),
             columns.json(node.outputs, "outputs"));
  bind_failure(query, node.error);
  query.bind(text_column(node.skip_reason),
             wait_column(node.wait),
             process_column(node.process),
             warnings_column(node.warnings),
             node.facts.empty() ? std::nullopt : columns.json(node.facts, "facts"),
             node.change_seq,
             text_column(node.copied_from));
  query.run();
  // An earlier attempt may have had other ones.
  if (columns.has_claims() || node.attempt > 1) return columns.replace_references(database);
  return {};
}

}  // namespace goflow::storage
