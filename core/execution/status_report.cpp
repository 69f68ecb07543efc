#include "core/execution/status_report.hpp"

#include "core/base/ulid.hpp"
#include "core/execution/members.hpp"
#include "core/value/json.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace goflow::core {
namespace {

constexpr std::array report_members{"phase",
                                    "status",
                                    "tasks",
                                    "tasks_mode",
                                    "return_value",
                                    "output",
                                    "error",
                                    "started_at",
                                    "completed_at",
                                    "temporal_workflow_id"};
constexpr std::array task_members{"task_id",
                                  "task_name",
                                  "task_type",
                                  "input",
                                  "output",
                                  "status",
                                  "started_at",
                                  "completed_at",
                                  "error",
                                  "metadata"};
constexpr std::string_view task_prefix = "WORKFLOW_TASK_";
constexpr std::string_view unspecified = "EXECUTION_PHASE_UNSPECIFIED";

Error wrong(std::string message) {
  return Error{ErrorCode::invalid_argument, std::move(message)};
}

Result<std::optional<Timestamp>> time_of(const Value& object, std::string_view name) {
  GOFLOW_TRY(const auto text, text_of(object, name));
  if (!text) return std::optional<Timestamp>();
  const auto time = parse_rfc3339(*text);
  if (!time) {
    return wrong("'" + std::string(name) + "' is not a time: '" + *text + "'")
        .with_hint("write it like 2026-01-05T09:30:00Z");
  }
  return time;
}

/// A text is its message.
Result<std::optional<Failure>> failure_of(const Value& object) {
  const Value* member = object.find("error");
  if (member == nullptr || member->is_null()) return std::optional<Failure>();
  if (member->is_text()) {
    if (member->as_text().empty()) return std::optional<Failure>();
    return std::optional(Failure{"execution", member->as_text()});
  }
  if (!member->is_object()) return wrong("'error' must be a text or an object");
  if (member->as_object().empty()) return std::optional<Failure>();
  Failure failure;
  GOFLOW_TRY(const auto type, text_of(*member, "type"));
  GOFLOW_TRY(const auto message, text_of(*member, "message"));
  GOFLOW_TRY(const auto node, text_of(*member, "node"));
  GOFLOW_TRY(const auto path, text_of(*member, "path"));
  failure.type = type.value_or("execution");
  failure.message = message.value_or("");
  failure.node = node.value_or("");
  failure.path = path.value_or("");
  const Value* context = member->find("context");
  if (context != nullptr && context->is_object()) failure.context = context->as_object();
  return std::optional(std::move(failure));
}

using Selection = std::vector<ExecutionStatus>;

/// The statuses that a word stands for; none: it says nothing.
Result<Selection> selection_of(const Value& report, std::string_view member) {
  GOFLOW_TRY(const auto word, text_of(report, member));
  if (!word || *word == unspecified) return Selection();
  if (auto selection = parse_status_selection(*word)) return *std::move(selection);
  return wrong("'" + *word + "' is no status");
}

/// A phase that stands for several statuses is the first of them: in progress is running.
Result<std::optional<ExecutionStatus>> status_of(const Value& report) {
  GOFLOW_TRY(const Selection phase, selection_of(report, "phase"));
  GOFLOW_TRY(const Selection status, selection_of(report, "status"));
  if (phase.empty() && status.empty()) return std::optional<ExecutionStatus>();
  if (phase.empty() || status.empty())
    return std::optional((phase.empty() ? status : phase).front());
  const bool agree = std::find(phase.begin(), phase.end(), status.front()) != phase.end();
  if (agree) return std::optional(status.front());
  return wrong("'phase' and 'status' contradict each other").with_hint("one of them will do");
}

Result<NodeStatus> task_status(const Value& task) {
  GOFLOW_TRY(const auto text, text_of(task, "status"));
  if (!text) return NodeStatus::pending;
  std::string_view word = *text;
  if (word.starts_with(task_prefix)) word.remove_prefix(task_prefix.size());
  if (word == "IN_PROGRESS") return NodeStatus::running;
  if (word == "UNSPECIFIED") return NodeStatus::pending;
  if (const auto status = parse_node_status(word)) return *status;
  return wrong("'" + *text + "' is no status of a task");
}

std::string node_id_of(const std::string& path) {
  const std::string last = path.substr(path.rfind('/') + 1);
  return last.substr(0, last.find('['));
}

Result<NodeExecution> node_of(const Value& task, Timestamp now) {
  if (!task.is_object()) return wrong("a task must be an object");
  GOFLOW_TRY(check_members(task, task_members, "a task"));
  GOFLOW_TRY(const auto path, text_of(task, "task_id"));
  if (!path) return wrong("a task needs its 'task_id'");
  NodeExecution node;
  node.id = new_node_execution_id(now);
  node.path = *path;
  node.node_id = node_id_of(*path);
  GOFLOW_TRY(const auto type, text_of(task, "task_type"));
  node.node_type = type.value_or("task");
  GOFLOW_TRY(node.status, task_status(task));
  GOFLOW_TRY(node.started_at, time_of(task, "started_at"));
  GOFLOW_TRY(node.completed_at, time_of(task, "completed_at"));
  GOFLOW_TRY(node.error, failure_of(task));
  if (const Value* input = task.find("input")) node.inputs = *input;
  if (const Value* output = task.find("output")) node.outputs = *output;
  GOFLOW_TRY(const auto name, text_of(task, "task_name"));
  if (name) node.facts.set("task_name", *name);
  const Value* metadata = task.find("metadata");
  if (metadata != nullptr && !metadata->is_null()) node.facts.set("metadata", *metadata);
  node.created_at = node.started_at.value_or(now);
  if (is_terminal(node.status) && node.status != NodeStatus::skipped) {
    node.completed_at = std::max(node.completed_at.value_or(now), node.created_at);
  }
  return node;
}

Result<bool> merges_tasks(const Value& report) {
  GOFLOW_TRY(const auto mode, text_of(report, "tasks_mode"));
  if (!mode || *mode == "replace") return false;
  if (*mode == "merge") return true;
  return wrong("'tasks_mode' is none of merge, replace: '" + *mode + "'");
}

Result<void> merge_tasks(const Value& report, std::vector<NodeExecution>& nodes, Timestamp now) {
  GOFLOW_TRY(const bool merges, merges_tasks(report));
  const Value* tasks = report.find("tasks");
  if (tasks == nullptr || tasks->is_null()) return {};
  if (!tasks->is_array()) return wrong("'tasks' must be a list");
  if (tasks->as_array().empty()) return {};
  std::vector<NodeExecution> kept = merges ? nodes : std::vector<NodeExecution>();
  for (const Value& task : tasks->as_array()) {
    GOFLOW_TRY(NodeExecution node, node_of(task, now));
    const auto same = std::find_if(kept.begin(), kept.end(), [&](const NodeExecution& known) {
      return known.path == node.path;
    });
    if (same == kept.end()) {
      kept.push_back(std::move(node));
    } else {
      *same = std::move(node);
    }
  }
  nodes = std::move(kept);
  return {};
}

Result<void> merge_times(const Value& report, Execution& execution, Timestamp now) {
  GOFLOW_TRY(const auto started_at, time_of(report, "started_at"));
  GOFLOW_TRY(const auto completed_at, time_of(report, "completed_at"));
  if (started_at) execution.started_at = started_at;
  if (completed_at) execution.completed_at = completed_at;
  if (!execution.started_at && execution.status == ExecutionStatus::running) {
    execution.started_at = now;
  }
  if (!execution.completed_at && is_terminal(execution.status)) execution.completed_at = now;
  if (execution.completed_at && execution.started_at) {
    execution.completed_at = std::max(*execution.completed_at, *execution.started_at);
  }
  return {};
}

/// A value that a member of it brings, with its fields.
void keep_fields(Object& task, const std::string& member, LargeValues& large_values) {
  const Value* value = task.find(member);
  const Value* path = task.find("task_id");
  if (value == nullptr || path == nullptr || !path->is_text()) return;
  task.set(member, large_values.kept_fields(*value, path->as_text(), path->as_text()));
}

Value kept_task(const Value& task, LargeValues& large_values) {
  if (!task.is_object()) return task;
  Object kept = task.as_object();
  keep_fields(kept, "input", large_values);
  keep_fields(kept, "output", large_values);
  return kept;
}

Result<void> move(Execution& execution, ExecutionStatus status) {
  if (status == execution.status) return {};
  if (!may_move(execution.status, status)) {
    return Error{ErrorCode::failed_precondition,
                 "execution '" + execution.id + "' is " + std::string(to_string(execution.status)) +
                     " and cannot become " + std::string(to_string(status))};
  }
  execution.status = status;
  return {};
}

}  // namespace

Value with_large_values_kept(Value report, LargeValues& large_values) {
  if (!report.is_object()) return report;
  Object kept = report.as_object();
  for (const char* member : {"output", "return_value"}) {
    if (const Value* value = report.find(member)) {
      kept.set(member, large_values.kept(*value, "return", ""));
    }
  }
  const Value* tasks = report.find("tasks");
  if (tasks == nullptr || !tasks->is_array()) return kept;
  Array kept_tasks;
  for (const Value& task : tasks->as_array()) {
    kept_tasks.push_back(kept_task(task, large_values));
  }
  kept.set("tasks", std::move(kept_tasks));
  return kept;
}

Result<void> merge_report(const Value& report,
                          Execution& execution,
                          std::vector<NodeExecution>& nodes,
                          const std::string& by,
                          Timestamp now) {
  if (!report.is_object()) return wrong("a report must be an object");
  GOFLOW_TRY(check_members(report, report_members, "a report"));
  if (is_terminal(execution.status)) {
    return Error{ErrorCode::failed_precondition,
                 "execution '" + execution.id + "' has ended: it is " +
                     std::string(to_string(execution.status))};
  }
  GOFLOW_TRY(const auto status, status_of(report));
  if (status) GOFLOW_TRY(move(execution, *status));
  GOFLOW_TRY(merge_tasks(report, nodes, now));
  if (const Value* value = report.find("output")) execution.return_value = *value;
  if (const Value* value = report.find("return_value")) execution.return_value = *value;
  GOFLOW_TRY(const auto failure, failure_of(report));
  if (failure) execution.error = failure;
  GOFLOW_TRY(merge_times(report, execution, now));
  GOFLOW_TRY(const auto temporal_id, text_of(report, "temporal_workflow_id"));
  if (temporal_id) execution.temporal_workflow_id = *temporal_id;
  if (!execution.audit) execution.audit = new_audit("system", execution.created_at);
  execution.audit->status.updated_by = by;
  execution.audit->status.updated_at = now;
  execution.audit->status.event = "updated";
  return {};
}

}  // namespace goflow::core
