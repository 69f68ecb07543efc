#include "storage/sqlite/rows.hpp"

#include "core/execution/audit_document.hpp"
#include "core/value/json.hpp"
#include "storage/sqlite/documents.hpp"

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

std::int64_t integer_member(const Value& object, std::string_view name) {
  const Value* member = object.find(name);
  return member && member->is_integer() ? member->as_integer() : 0;
}

bool true_member(const Value& object, std::string_view name) {
  const Value* member = object.find(name);
  return member && member->is_boolean() && member->as_boolean();
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

std::vector<std::string> read_texts(Query& row) {
  const Value value = read_json(row);
  std::vector<std::string> texts;
  if (!value.is_array()) return texts;
  for (const Value& text : value.as_array()) {
    texts.push_back(core::to_text(text));
  }
  return texts;
}

void read_trigger(Query& row, Execution& execution) {
  const Value trigger = read_json(row);
  execution.working_directory = text_member(trigger, "cwd");
  const Value* environment = trigger.find("env");
  if (environment && environment->is_object()) {
    execution.environment = to_text_map(environment->as_object());
  }
  if (const Value* instance = trigger.find("instance"); instance && instance->is_object()) {
    execution.instance_slug = text_member(*instance, "slug");
    const Value* env = instance->find("env");
    if (env && env->is_object()) execution.instance_env = to_text_map(env->as_object());
  }
  const Value* credentials = trigger.find("credentials");
  if (credentials && credentials->is_object()) {
    execution.credentials = read_bindings(*credentials);
  }
}

std::optional<core::QueuePlace> read_queue_place(Query& row) {
  const std::string state = row.text();
  const auto max_active_runs = static_cast<int>(row.integer());
  if (state.empty()) return std::nullopt;
  core::QueuePlace place;
  if (max_active_runs != 0) place.max_active_runs = max_active_runs;
  if (state == "taken") place.state = core::QueueState::taken;
  if (state == "stuck") place.state = core::QueueState::stuck;
  return place;
}

std::vector<core::LogMark> read_marks(Query& row) {
  std::vector<core::LogMark> marks;
  const Value value = read_json(row);
  if (!value.is_array()) return marks;
  for (const Value& mark : value.as_array()) {
    const bool is_pair = mark.is_array() && mark.as_array().size() == 2;
    if (!is_pair || !mark.as_array()[0].is_integer()) continue;
    const auto at = core::parse_rfc3339(core::to_text(mark.as_array()[1]));
    if (at) marks.push_back({mark.as_array()[0].as_integer(), *at});
  }
  return marks;
}

/// How it had ended before is part of it.
Object status_audit_document(const core::Audit& audit) {
  Object document = core::to_document(audit.status);
  if (!audit.earlier_ends.empty()) {
    document.set("earlier_ends", core::earlier_ends_document(audit.earlier_ends));
  }
  return document;
}

std::optional<Failure> read_failure_record(const Value* record) {
  if (record == nullptr || !record->is_object()) return std::nullopt;
  Failure failure{text_member(*record, "type"),
                  text_member(*record, "message"),
                  text_member(*record, "node"),
                  text_member(*record, "path")};
  const Value* context = record->find("context");
  if (context != nullptr && context->is_object()) failure.context = context->as_object();
  return failure;
}

std::vector<core::EarlierEnd> read_earlier_ends(const Value& status_trail) {
  std::vector<core::EarlierEnd> ends;
  const Value* recorded = status_trail.find("earlier_ends");
  if (recorded == nullptr || !recorded->is_array()) return ends;
  for (const Value& end : recorded->as_array()) {
    ends.push_back(
        {core::parse_execution_status(text_member(end, "status")).value_or(ExecutionStatus::failed),
         time_member(end, "completed_at"),
         read_failure_record(end.find("error")),
         time_member(end, "retried_at")});
  }
  return ends;
}

std::optional<core::Audit> read_audit(Query& row) {
  const Value value = read_json(row);
  const Value* spec = value.find("spec_audit");
  const Value* status = value.find("status_audit");
  if (spec == nullptr || status == nullptr) return std::nullopt;
  return core::Audit{read_trail(*spec), read_trail(*status), read_earlier_ends(*status)};
}

}  // namespace

std::string select_execution(Detail detail, std::string_view source) {
  return std::string(
             "SELECT e.id, e.workflow_id, e.workflow_version, e.status, e.created_at, "
             "e.started_at, e.completed_at, e.error_type, e.error_message, e.error_node_id, "
             "e.error_path, e.error_context, e.definition_sha256, e.deadline_at, e.cancel, "
             "e.change_seq, e.trigger_data, e.parent_execution_id, e.parent_node_execution_id, "
             "e.warnings, e.name, e.slug, e.instance_id, e.runner, e.rerun_of, e.reopened, "
             "e.temporal_workflow_id, e.audit, e.annotations, "
             "(SELECT json_group_array(tag) FROM execution_tags WHERE execution_id = e.id), "
             "(SELECT json_group_object(key, value) FROM execution_labels "
             "WHERE execution_id = e.id), o.epoch, o.pid, o.pid_started, o.boot_id, "
             "o.pid_namespace, o.host, o.heartbeat_at, q.state, q.max_active_runs, ") +
         (detail == Detail::full ? "e.return_value, e.inputs" : "NULL, NULL") + " FROM " +
         std::string(source) +
         " LEFT JOIN execution_owners o ON o.execution_id = e.id"
         " LEFT JOIN run_queue q ON q.execution_id = e.id";
}

Execution read_execution(Query& row) {
  Execution execution;
  execution.id = row.text();
  execution.workflow_id = row.text();
  execution.workflow_version = row.text();
  execution.status = read_execution_status(row);
  execution.created_at = read_time(row);
  execution.started_at = read_optional_time(row);
  execution.completed_at = read_optional_time(row);
  execution.error = read_failure(row);
  execution.definition_sha256 = row.text();
  execution.deadline_at = read_optional_time(row);
  execution.cancel = read_cancel(row);
  execution.change_seq = row.integer();
  read_trigger(row, execution);
  execution.parent = read_parent(row);
  execution.warnings = read_texts(row);
  execution.name = row.text();
  execution.slug = row.text();
  execution.instance_id = row.text();
  if (row.text() == "external") execution.runner = core::Runner::external;
  execution.rerun_of = row.text();
  execution.reopened = static_cast<int>(row.integer());
  execution.temporal_workflow_id = row.text();
  execution.audit = read_audit(row);
  execution.annotations = read_text_map(row);
  execution.tags = read_texts(row);
  execution.labels = read_text_map(row);
  const core::Owner owner = read_owner(row);
  if (owner.pid != 0) execution.owner = owner;
  execution.queue = read_queue_place(row);
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
         "n.process, n.warnings, n.facts, n.change_seq, n.copied_from FROM node_executions n";
}

NodeExecution read_node(Query& row) {
  NodeExecution node;
  node.id = row.text();
  node.execution_id = row.text();
  node.node_id = row.text();
  node.node_type = row.text();
  node.path = row.text();
  node.status = read_node_status(row);
  node.attempt = static_cast<int>(row.integer());
  node.created_at = read_time(row);
  node.completed_at = read_optional_time(row);
  node.inputs = read_json(row);
  node.outputs = read_json(row);
  node.error = read_failure(row);
  node.skip_reason = row.text();
  node.wait = read_wait(row);
  node.process = read_process(row);
  node.warnings = read_texts(row);
  node.facts = read_object(row);
  node.change_seq = row.integer();
  node.copied_from = row.text();
  const bool started = node.status != NodeStatus::skipped && node.status != NodeStatus::pending;
  if (started) node.started_at = node.created_at;
  return node;
}

std::string select_attempts(const std::string& which_nodes) {
  return "SELECT coalesce(n.path, n.node_id), a.attempt, a.started_at, a.completed_at, "
         "a.error_type, a.error_message, a.error_node_id, a.error_path, a.error_context, "
         "a.status = 'retried' "
         "FROM node_executions n JOIN node_attempts a ON a.node_execution_id = n.id "
         "WHERE n.execution_id = ?1 AND " +
         which_nodes + " ORDER BY n.path, a.attempt";
}

core::NodeAttempt read_attempt(Query& row) {
  core::NodeAttempt attempt;
  attempt.path = row.text();
  attempt.attempt = static_cast<int>(row.integer());
  attempt.started_at = read_time(row);
  attempt.completed_at = read_optional_time(row);
  attempt.error = read_failure(row);
  attempt.before_retry = row.integer() != 0;
  return attempt;
}

std::string select_logs(const std::string& which_nodes) {
  return "SELECT coalesce(n.path, n.node_id), l.attempt, l.stream, l.size_bytes, l.marks, l.spool, "
         "l.content, r.key "
         "FROM node_executions n JOIN node_logs l ON l.node_execution_id = n.id "
         "LEFT JOIN blob_refs r ON r.owner_kind = 'log' AND r.owner_id = n.id "
         "AND r.slot = l.stream || '#' || l.attempt "
         "WHERE n.execution_id = ?1 AND " +
         which_nodes + " ORDER BY n.started_at, n.id, l.attempt, l.stream";
}

core::NodeLog read_log(Query& row) {
  core::NodeLog log;
  log.path = row.text();
  log.attempt = static_cast<int>(row.integer());
  log.stream = row.text();
  log.size_bytes = row.integer();
  log.marks = read_marks(row);
  log.spool = row.text();
  log.content = row.text();
  const std::string key = row.text();
  if (key.empty()) return log;
  const auto recorded = core::parse_json(log.content);
  auto claim = recorded ? core::read_claim(*recorded) : std::nullopt;
  if (!claim || claim->key.text() != key) return log;
  log.claim = std::move(claim);
  log.content.clear();
  return log;
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

Object instance_origin(const Execution& execution) {
  Object origin{{"slug", execution.instance_slug}};
  if (!execution.instance_env.empty()) origin.set("env", to_object(execution.instance_env));
  return origin;
}

std::optional<std::string> trigger_column(const Execution& execution) {
  Object trigger;
  if (!execution.working_directory.empty()) trigger.set("cwd", execution.working_directory);
  if (execution.environment) trigger.set("env", to_object(*execution.environment));
  if (execution.credentials != core::CredentialBindings()) {
    trigger.set("credentials", bindings_document(execution.credentials));
  }
  if (!execution.instance_id.empty()) trigger.set("instance", instance_origin(execution));
  if (trigger.empty()) return std::nullopt;
  return json_column(trigger);
}

/// [[bytes, "time"], …]
std::string marks_column(const std::vector<core::LogMark>& marks) {
  core::Array rows;
  for (const core::LogMark& mark : marks) {
    rows.emplace_back(core::Array{mark.size_bytes, core::format_rfc3339(mark.at)});
  }
  return core::to_json(rows);
}

std::optional<std::string> text_map_column(const core::TextMap& texts) {
  if (texts.empty()) return std::nullopt;
  return json_column(to_object(texts));
}

std::optional<std::string> audit_column(const std::optional<core::Audit>& audit) {
  if (!audit) return std::nullopt;
  return json_column(Object{{"spec_audit", core::to_document(audit->spec)},
                            {"status_audit", status_audit_document(*audit)}});
}

std::optional<std::string> status_audit_column(const std::optional<core::Audit>& audit) {
  if (!audit) return std::nullopt;
  return json_column(status_audit_document(*audit));
}

ExecutionStatus read_execution_status(Query& row) {
  return core::parse_execution_status(row.text()).value_or(ExecutionStatus::failed);
}

NodeStatus read_node_status(Query& row) {
  return core::parse_node_status(row.text()).value_or(NodeStatus::failed);
}

Value read_json(Query& row) {
  const std::optional<std::string> text = row.optional_text();
  if (!text) return {};
  auto value = core::parse_json(*text);
  // Only a row that goflow did not write can fail here; its text is better than nothing.
  return value ? *std::move(value) : Value(*text);
}

Object read_object(Query& row) {
  const Value value = read_json(row);
  return value.is_object() ? value.as_object() : Object();
}

core::TextMap read_text_map(Query& row) {
  return to_text_map(read_object(row));
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
