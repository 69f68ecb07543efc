#include "cli/commands/exec/execution_record.hpp"

#include "core/claimcheck/claimed_value.hpp"
#include "core/execution/audit_document.hpp"
#include "core/workflow/reader.hpp"
#include "engine/local/process_identity.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace goflow::cli {
namespace {

using core::Object;
using core::Value;

constexpr Field fields[] = {
    {"id", "id of the execution"},
    {"name", "its name; the id when none was given"},
    {"slug", "of the name"},
    {"workflow", "id of its workflow"},
    {"workflow_version", "version of the format of its workflow"},
    {"instance", "the instance it is a run of: id, slug"},
    {"tags", "its tags"},
    {"labels", "its labels"},
    {"annotations", "its annotations"},
    {"status", "pending, running, waiting, completed, failed, cancelled or timed_out"},
    {"phase", "the status in the words of the original system"},
    {"interrupted", "true when its process is gone and it can be resumed"},
    {"queued", "true while it waits for a worker"},
    {"runner", "local, or external: somebody reports about it"},
    {"error", "first unhandled failure: type, message, node, path, context"},
    {"created_at", "RFC 3339, UTC"},
    {"started_at", "RFC 3339, UTC"},
    {"completed_at", "RFC 3339, UTC"},
    {"duration_ms", "from start to end"},
    {"reopened", "how often it was retried"},
    {"earlier_ends", "how it had ended before each retry: status, completed_at, error, retried_at"},
    {"rerun_of", "id of the execution of which it is a rerun"},
    {"parent", "of a run within another: execution and node that it is the work of"},
    {"inputs", "what it was started with, defaults included"},
    {"return_value", "its result"},
    {"warnings", "what went wrong without changing its end"},
    {"progress", "done and total, in nodes"},
    {"children", "executions of its sub-workflows: id, workflow, status"},
    {"claims", "where a reference stands for a large value"},
    {"nodes",
     "its nodes, those not reached too: id, node, path, type, status, attempt, times, inputs, "
     "outputs, error, attempts"},
    {"audit", "who made and changed it, and when"},
};

Value time_or_null(const std::optional<core::Timestamp>& time) {
  return time ? Value(core::format_rfc3339(*time)) : Value();
}

Value duration_or_null(const std::optional<core::Timestamp>& from,
                       const std::optional<core::Timestamp>& to) {
  if (!from || !to) return {};
  return std::chrono::duration_cast<std::chrono::milliseconds>(*to - *from).count();
}

Value failure_or_null(const std::optional<core::Failure>& failure) {
  return failure ? core::to_value(*failure) : Value();
}

Value text_or_null(const std::string& text) {
  return text.empty() ? Value() : Value(text);
}

Object object_of(const core::TextMap& texts) {
  Object object;
  for (const auto& [key, text] : texts) {
    object.set(key, text);
  }
  return object;
}

Value audit_record(const core::Execution& execution) {
  if (!execution.audit) return {};
  return Object{{"spec_audit", core::to_document(execution.audit->spec)},
                {"status_audit", core::to_document(execution.audit->status)}};
}

core::Array earlier_ends_of(const core::Execution& execution) {
  if (!execution.audit) return {};
  return core::earlier_ends_document(execution.audit->earlier_ends);
}

Value parent_record(const core::Execution& execution) {
  if (!execution.parent) return {};
  return Object{{"execution", execution.parent->execution_id},
                {"node", text_or_null(execution.parent->node_execution_id)}};
}

Value instance_record(const core::Execution& execution) {
  if (execution.instance_id.empty()) return {};
  return Object{{"id", execution.instance_id}, {"slug", text_or_null(execution.instance_slug)}};
}

Object wait_record(const core::WaitRecord& wait) {
  Object record;
  if (wait.until) record.set("until", core::format_rfc3339(*wait.until));
  if (!wait.signal.empty()) record.set("signal", wait.signal);
  return record;
}

Object attempt_record(const core::NodeAttempt& attempt) {
  return {{"attempt", attempt.attempt},
          {"status", attempt.error ? "failed" : "cancelled"},
          {"started_at", core::format_rfc3339(attempt.started_at)},
          {"completed_at", time_or_null(attempt.completed_at)},
          {"duration_ms", duration_or_null(attempt.started_at, attempt.completed_at)},
          {"error", failure_or_null(attempt.error)}};
}

/// Done is what will not change any more; the total includes what was not reached.
Object progress_of(const std::vector<core::NodeExecution>& nodes, std::size_t unreached) {
  const auto done = std::count_if(nodes.begin(), nodes.end(), [](const core::NodeExecution& node) {
    return is_terminal(node.status);
  });
  return {{"done", done}, {"total", static_cast<std::int64_t>(nodes.size() + unreached)}};
}

/// The nodes of the top level that were not reached yet, or never will be. A completed run has
/// reached or skipped each of them, so that its definition, which may be long, need not be read.
core::Result<std::vector<core::NodeExecution>> unreached_nodes(
    const core::Execution& execution,
    const std::vector<core::NodeExecution>& reached,
    core::ExecutionStore& store) {
  std::vector<core::NodeExecution> unreached;
  if (execution.status == core::ExecutionStatus::completed) return unreached;
  GOFLOW_TRY(const auto workflow, find_definition(execution, store));
  if (!workflow) return unreached;
  std::set<std::string_view> paths;
  for (const core::NodeExecution& node : reached) {
    paths.insert(node.path);
  }
  for (const core::NodeIndex index : workflow->graph.nodes) {
    const core::Node& declared = workflow->nodes[index];
    if (paths.contains(declared.id)) continue;
    core::NodeExecution node;
    node.node_id = declared.id;
    node.path = declared.id;
    node.node_type = core::type_name(declared.work);
    node.status = core::NodeStatus::pending;
    node.attempt = 0;
    unreached.push_back(std::move(node));
  }
  return unreached;
}

/// Shows values that are kept elsewhere, and remembers where claims stand for them.
class ValueShown {
 public:
  explicit ValueShown(LargeValue large) : large_(large) {}

  /// `place` is a JSON pointer.
  Value operator()(const Value& value, const std::string& place) {
    if (large_ == LargeValue::in_full) return value;
    if (core::claimed(value)) {
      claims_.emplace_back(place);
    } else if (value.is_object()) {
      for (const auto& [name, member] : value.as_object()) {
        if (core::claimed(member)) claims_.emplace_back(place + "/" + escaped(name));
      }
    }
    return core::with_claims(value);
  }

  core::Array take_claims() { return std::move(claims_); }

 private:
  /// As RFC 6901 wants it.
  static std::string escaped(std::string_view name) {
    std::string text;
    for (const char letter : name) {
      if (letter == '~') {
        text += "~0";
      } else if (letter == '/') {
        text += "~1";
      } else {
        text += letter;
      }
    }
    return text;
  }

  LargeValue large_;
  core::Array claims_;
};

core::Array node_records(const std::vector<core::NodeExecution>& nodes,
                         const std::vector<core::NodeAttempt>& attempts,
                         const std::vector<core::Execution>& children,
                         ValueShown& shown) {
  std::map<std::string, core::Array> earlier;
  for (const core::NodeAttempt& attempt : attempts) {
    earlier[attempt.path].emplace_back(attempt_record(attempt));
  }
  std::map<std::string, std::string> latest_children;  // by id of the node
  for (const core::Execution& child : children) {
    latest_children[child.parent->node_execution_id] = child.id;
  }
  core::Array records;
  records.reserve(nodes.size());
  for (const core::NodeExecution& node : nodes) {
    const auto found = earlier.find(node.path);
    Object record =
        node_record(node, found != earlier.end() ? std::move(found->second) : core::Array());
    const auto child = latest_children.find(node.id);
    if (child != latest_children.end()) record.set("child", child->second);
    const std::string place = "/nodes/" + std::to_string(records.size());
    record.set("inputs", shown(node.inputs, place + "/inputs"));
    record.set("outputs", shown(node.outputs, place + "/outputs"));
    for (const auto& [name, fact] : node.facts) {
      record.set(name, shown(fact, place + "/" + name));
    }
    records.emplace_back(std::move(record));
  }
  return records;
}

core::Array child_records(const std::vector<core::Execution>& children) {
  core::Array records;
  for (const core::Execution& child : children) {
    records.emplace_back(Object{
        {"id", child.id}, {"workflow", child.workflow_id}, {"status", to_string(child.status)}});
  }
  return records;
}

}  // namespace

Object node_record(const core::NodeExecution& node, core::Array attempts) {
  Object record{{"id", text_or_null(node.id)},
                {"node", node.node_id},
                {"path", node.path},
                {"type", node.node_type},
                {"status", to_string(node.status)},
                {"attempt", node.attempt},
                {"started_at", time_or_null(node.started_at)},
                {"completed_at", time_or_null(node.completed_at)},
                {"duration_ms", duration_or_null(node.started_at, node.completed_at)},
                {"inputs", node.inputs},
                {"outputs", node.outputs},
                {"error", failure_or_null(node.error)},
                {"attempts", std::move(attempts)}};
  if (!node.copied_from.empty()) record.set("copied_from", node.copied_from);
  if (!node.skip_reason.empty()) record.set("skipped_because", node.skip_reason);
  if (node.wait) record.set("wait", wait_record(*node.wait));
  for (const auto& [name, value] : node.facts) {
    record.set(name, value);
  }
  if (!node.warnings.empty()) {
    record.set("warnings", core::Array(node.warnings.begin(), node.warnings.end()));
  }
  return record;
}

std::span<const Field> execution_fields() {
  return fields;
}

bool asks_beyond_row(const std::vector<std::string>& asked) {
  static const Object row = execution_row(core::Execution(), core::Timestamp());
  return std::any_of(
      asked.begin(), asked.end(), [](const std::string& field) { return !row.contains(field); });
}

core::Result<std::optional<core::Workflow>> find_definition(const core::Execution& execution,
                                                            core::ExecutionStore& store) {
  if (execution.definition_sha256.empty()) return std::optional<core::Workflow>();
  GOFLOW_TRY(const std::string text, store.definition(execution.definition_sha256));
  return core::read_workflow(text).workflow;
}

Object execution_row(const core::Execution& execution, core::Timestamp now) {
  const bool is_named = !execution.name.empty();
  return {{"id", execution.id},
          {"name", is_named ? execution.name : execution.id},
          {"slug", is_named ? execution.slug : execution.id},
          {"workflow", execution.workflow_id},
          {"workflow_version", execution.workflow_version},
          {"instance", instance_record(execution)},
          {"tags", core::Array(execution.tags.begin(), execution.tags.end())},
          {"labels", object_of(execution.labels)},
          {"annotations", object_of(execution.annotations)},
          {"status", to_string(execution.status)},
          {"phase", phase_of(execution.status)},
          {"interrupted", engine::is_interrupted(execution, now)},
          {"queued", waits_for_worker(execution)},
          {"runner", to_string(execution.runner)},
          {"error", failure_or_null(execution.error)},
          {"created_at", core::format_rfc3339(execution.created_at)},
          {"started_at", time_or_null(execution.started_at)},
          {"completed_at", time_or_null(execution.completed_at)},
          {"duration_ms", duration_or_null(execution.started_at, execution.completed_at)},
          {"reopened", execution.reopened},
          {"earlier_ends", earlier_ends_of(execution)},
          {"rerun_of", text_or_null(execution.rerun_of)},
          {"parent", parent_record(execution)}};
}

core::Result<Object> execution_record(const core::Execution& execution,
                                      core::ExecutionStore& store,
                                      core::Timestamp now,
                                      LargeValue large) {
  GOFLOW_TRY(const auto nodes, store.nodes(execution.id));
  GOFLOW_TRY(const auto attempts, store.attempts(execution.id));
  return execution_record(execution, nodes, attempts, store, now, large);
}

core::Result<Object> execution_record(const core::Execution& execution,
                                      const std::vector<core::NodeExecution>& nodes,
                                      const std::vector<core::NodeAttempt>& attempts,
                                      core::ExecutionStore& store,
                                      core::Timestamp now,
                                      LargeValue large) {
  GOFLOW_TRY(const auto children, store.children(execution.id));
  GOFLOW_TRY(const auto unreached, unreached_nodes(execution, nodes, store));
  ValueShown shown(large);
  const Value inputs = shown(execution.inputs, "/inputs");
  const Value return_value = shown(execution.return_value, "/return_value");
  core::Array records = node_records(nodes, attempts, children, shown);
  for (const core::NodeExecution& node : unreached) {
    records.emplace_back(node_record(node));
  }
  Object record = execution_row(execution, now);
  record.set("inputs", inputs);
  record.set("return_value", return_value);
  record.set("warnings", core::Array(execution.warnings.begin(), execution.warnings.end()));
  record.set("progress", progress_of(nodes, unreached.size()));
  record.set("children", child_records(children));
  record.set("claims", shown.take_claims());
  record.set("nodes", std::move(records));
  record.set("audit", audit_record(execution));
  return record;
}

Object variable_record(const core::VariableChange& change, LargeValue large) {
  ValueShown shown(large);
  return {{"time", core::format_rfc3339(change.at)},
          {"name", change.name},
          {"scope", change.scope},
          {"node", text_or_null(change.node_path)},
          {"old_value", shown(change.old_value.value_or(Value()), "")},
          {"new_value", shown(change.new_value, "")}};
}

}  // namespace goflow::cli
