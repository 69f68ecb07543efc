#include "storage/sqlite/rows.hpp"

#include "core/value/json.hpp"

namespace goflow::storage {
namespace {

using core::Execution;
using core::ExecutionStatus;
using core::Failure;
using core::NodeExecution;
using core::NodeStatus;
using core::Object;
using core::Timestamp;
using core::Value;

std::string text_member(const Value& object, std::string_view name) {
  const Value* member = object.find(name);
  return member && member->is_text() ? member->as_text() : std::string();
}

std::int64_t integer_member(const Value& object, std::string_view name) {
  const Value* member = object.find(name);
  return member && member->is_integer() ? member->as_integer() : 0;
}

bool true_member(const Value& object, std::string_view name) {
  const Value* member = object.find(name);
  return member && member->is_boolean() && member->as_boolean();
}

Object read_object(Query& row) {
  const Value value = read_json(row);
  return value.is_object() ? value.as_object() : Object();
}

std::optional<Timestamp> read_optional_time(Query& row) {
  return core::parse_rfc3339(row.text());
}

/// The column of the start is never empty: before there is one it holds the creation.
bool never_started(const Execution& execution) {
  if (execution.status == ExecutionStatus::pending) return true;
  if (execution.started_at != execution.created_at) return false;
  return execution.status == ExecutionStatus::cancelled ||
         (execution.error && execution.error->type == "start");
}

std::optional<core::WaitRecord> read_wait(Query& row) {
  const Value value = read_json(row);
  if (!value.is_object()) return std::nullopt;
  return core::WaitRecord{.until = core::parse_rfc3339(text_member(value, "until")),
                          .signal = text_member(value, "signal")};
}

std::optional<core::ParentNode> read_parent(Query& row) {
  core::ParentNode parent{.execution_id = row.text(), .node_execution_id = row.text()};
  if (parent.execution_id.empty()) return std::nullopt;
  return parent;
}

std::optional<core::ProcessRecord> read_process(Query& row) {
  const Value value = read_json(row);
  if (!value.is_object()) return std::nullopt;
  return core::ProcessRecord{.group = integer_member(value, "pgid"),
                             .started = text_member(value, "started")};
}

std::vector<std::string> read_warnings(Query& row) {
  const Value value = read_json(row);
  std::vector<std::string> warnings;
  if (!value.is_array()) return warnings;
  for (const Value& warning : value.as_array()) {
    warnings.push_back(core::to_text(warning));
  }
  return warnings;
}

}  // namespace

std::string select_execution(Detail detail) {
  return std::string(
             "SELECT e.id, e.workflow_id, e.workflow_version, e.status, e.created_at, "
             "e.started_at, e.completed_at, e.error_type, e.error_message, e.error_node_id, "
             "e.error_path, e.error_context, e.definition_sha256, e.deadline_at, e.cancel, "
             "e.change_seq, e.trigger_data, e.parent_execution_id, "
             "e.parent_node_execution_id, e.warnings, o.epoch, o.pid, o.pid_started, o.boot_id, "
             "o.pid_namespace, o.host, o.heartbeat_at, ") +
         (detail == Detail::full ? "e.return_value, e.inputs" : "NULL, NULL") +
         " FROM executions e LEFT JOIN execution_owners o ON o.execution_id = e.id";
}

Execution read_execution(Query& row) {
  Execution execution;
  execution.id = row.text();
  execution.workflow_id = row.text();
  execution.workflow_version = row.text();
  // A status that only the original knew is an end that was none of ours.
  execution.status = core::parse_execution_status(row.text()).value_or(ExecutionStatus::failed);
  execution.created_at = read_time(row);
  execution.started_at = read_optional_time(row);
  execution.completed_at = read_optional_time(row);
  execution.error = read_failure(row);
  execution.definition_sha256 = row.text();
  execution.deadline_at = read_optional_time(row);
  execution.cancel = read_cancel(row);
  execution.change_seq = row.integer();
  execution.working_directory = text_member(read_json(row), "cwd");
  execution.parent = read_parent(row);
  execution.warnings = read_warnings(row);
  const core::Owner owner = read_owner(row);
  if (owner.pid != 0) execution.owner = owner;
  execution.return_value = read_json(row);
  execution.inputs = read_object(row);
  if (never_started(execution)) execution.started_at.reset();
  return execution;
}

std::string select_node() {
  // A node of the original has no path: it ran at the top.
  return "SELECT n.id, n.execution_id, n.node_id, n.node_type, coalesce(n.path, n.node_id), "
         "n.status, n.attempt, n.started_at, n.completed_at, n.inputs, n.outputs, n.error_type, "
         "n.error_message, n.error_node_id, n.error_path, n.error_context, n.reason, n.wait, "
         "n.process, n.warnings, n.facts, n.change_seq FROM node_executions n";
}

NodeExecution read_node(Query& row) {
  NodeExecution node;
  node.id = row.text();
  node.execution_id = row.text();
  node.node_id = row.text();
  node.node_type = row.text();
  node.path = row.text();
  node.status = core::parse_node_status(row.text()).value_or(NodeStatus::failed);
  node.attempt = static_cast<int>(row.integer());
  node.created_at = read_time(row);
  node.completed_at = read_optional_time(row);
  node.inputs = read_json(row);
  node.outputs = read_json(row);
  node.error = read_failure(row);
  node.skip_reason = row.text();
  node.wait = read_wait(row);
  node.process = read_process(row);
  node.warnings = read_warnings(row);
  node.facts = read_object(row);
  node.change_seq = row.integer();
  const bool started = node.status != NodeStatus::skipped && node.status != NodeStatus::pending;
  if (started) node.started_at = node.created_at;
  return node;
}

std::optional<Failure> read_failure(Query& row) {
  Failure failure{.type = row.text(),
                  .message = row.text(),
                  .node = row.text(),
                  .path = row.text(),
                  .context = read_object(row)};
  if (failure.type.empty() && failure.message.empty()) return std::nullopt;
  return failure;
}

void bind_failure(Query& query, const std::optional<Failure>& failure) {
  if (!failure) {
    const std::optional<std::string_view> none;
    query.bind(none, none, none, none, none);
    return;
  }
  query.bind(failure->type,
             failure->message,
             text_column(failure->node),
             text_column(failure->path),
             failure->context.empty() ? std::nullopt : json_column(failure->context));
}

std::optional<std::string> json_column(const Value& value) {
  if (value.is_null()) return std::nullopt;
  return core::to_json(value, core::FloatForm::typed);
}

std::optional<std::string_view> text_column(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return text;
}

std::optional<std::string> cancel_column(const std::optional<core::CancelRequest>& request) {
  if (!request) return std::nullopt;
  return json_column(Object{{"requested_at", core::format_rfc3339(request->requested_at)},
                            {"by", request->by},
                            {"force", request->force},
                            {"reason", request->reason}});
}

std::optional<std::string> wait_column(const std::optional<core::WaitRecord>& wait) {
  if (!wait) return std::nullopt;
  Object record;
  if (wait->until) record.set("until", core::format_rfc3339(*wait->until));
  if (!wait->signal.empty()) record.set("signal", wait->signal);
  return json_column(record);
}

std::optional<std::string> process_column(const std::optional<core::ProcessRecord>& process) {
  if (!process) return std::nullopt;
  return json_column(Object{{"pgid", process->group}, {"started", process->started}});
}

std::optional<std::string> warnings_column(const std::vector<std::string>& warnings) {
  if (warnings.empty()) return std::nullopt;
  return json_column(core::Array(warnings.begin(), warnings.end()));
}

std::optional<std::string> trigger_column(const Execution& execution) {
  if (execution.working_directory.empty()) return std::nullopt;
  return json_column(Object{{"cwd", execution.working_directory}});
}

Value read_json(Query& row) {
  const std::optional<std::string> text = row.optional_text();
  if (!text) return {};
  auto value = core::parse_json(*text);
  // Only a row that goflow did not write can fail here; its text is better than nothing.
  return value ? *std::move(value) : Value(*text);
}

Timestamp read_time(Query& row) {
  return read_optional_time(row).value_or(Timestamp());
}

std::optional<core::CancelRequest> read_cancel(Query& row) {
  const Value value = read_json(row);
  if (!value.is_object()) return std::nullopt;
  return core::CancelRequest{
      .requested_at = core::parse_rfc3339(text_member(value, "requested_at")).value_or(Timestamp()),
      .by = text_member(value, "by"),
      .force = true_member(value, "force"),
      .reason = text_member(value, "reason")};
}

core::Owner read_owner(Query& row) {
  return core::Owner{.epoch = row.integer(),
                     .pid = row.integer(),
                     .pid_started = row.text(),
                     .boot_id = row.text(),
                     .pid_namespace = row.text(),
                     .host = row.text(),
                     .heartbeat_at = read_time(row)};
}

}  // namespace goflow::storage
