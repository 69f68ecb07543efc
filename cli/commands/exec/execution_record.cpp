#include "cli/commands/exec/execution_record.hpp"

#include "engine/local/process_identity.hpp"

#include <algorithm>
#include <optional>
#include <set>

namespace goflow::cli {
namespace {

using core::Object;
using core::Value;

constexpr Field fields[] = {
    {"id", "id of the execution"},
    {"workflow", "id of its workflow"},
    {"workflow_version", "version of the format of its workflow"},
    {"status", "pending, running, waiting, completed, failed, cancelled or timed_out"},
    {"phase", "the status in the words of the original system"},
    {"interrupted", "true when its process is gone and it can be resumed"},
    {"error", "first unhandled failure: type, message, node, path, context"},
    {"created_at", "RFC 3339, UTC"},
    {"started_at", "RFC 3339, UTC"},
    {"completed_at", "RFC 3339, UTC"},
    {"duration_ms", "from start to end"},
    {"parent", "id of the execution that it is part of"},
    {"inputs", "what it was started with, defaults included"},
    {"return_value", "its result"},
    {"warnings", "what went wrong without changing its end"},
    {"progress", "done and total, in nodes"},
    {"nodes", "its nodes: id, node, path, type, status, attempt, times, inputs, outputs, error"},
};
constexpr std::size_t row_fields = 12;  // the first ones

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

Object wait_record(const core::WaitRecord& wait) {
  Object record;
  if (wait.until) record.set("until", core::format_rfc3339(*wait.until));
  if (!wait.signal.empty()) record.set("signal", wait.signal);
  return record;
}

Object node_record(const core::NodeExecution& node) {
  Object record{{"id", node.id},
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
                {"error", failure_or_null(node.error)}};
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

/// Done is what will not change any more; the total includes what was not reached.
Object progress_of(const std::vector<core::NodeExecution>& nodes,
                   const std::vector<std::string>& expected_nodes) {
  std::set<std::string> paths(expected_nodes.begin(), expected_nodes.end());
  for (const auto& node : nodes) {
    paths.insert(node.path);
  }
  const auto done = std::count_if(nodes.begin(), nodes.end(), [](const core::NodeExecution& node) {
    return is_terminal(node.status);
  });
  return {{"done", done}, {"total", static_cast<std::int64_t>(paths.size())}};
}

}  // namespace

std::span<const Field> execution_fields() {
  return fields;
}

std::span<const Field> execution_row_fields() {
  return std::span(fields).first(row_fields);
}

std::vector<std::string> top_level_ids(const core::Workflow& workflow) {
  std::vector<std::string> ids;
  for (const core::NodeIndex index : workflow.graph.nodes) {
    ids.push_back(workflow.nodes[index].id);
  }
  return ids;
}

Object execution_row(const core::Execution& execution, core::Timestamp now) {
  return {{"id", execution.id},
          {"workflow", execution.workflow_id},
          {"workflow_version", execution.workflow_version},
          {"status", to_string(execution.status)},
          {"phase", phase_of(execution.status)},
          {"interrupted", engine::is_interrupted(execution, now)},
          {"error", failure_or_null(execution.error)},
          {"created_at", core::format_rfc3339(execution.created_at)},
          {"started_at", time_or_null(execution.started_at)},
          {"completed_at", time_or_null(execution.completed_at)},
          {"duration_ms", duration_or_null(execution.started_at, execution.completed_at)},
          {"parent", execution.parent ? Value(execution.parent->execution_id) : Value()}};
}

Object execution_record(const core::Execution& execution,
                        const std::vector<core::NodeExecution>& nodes,
                        const std::vector<std::string>& expected_nodes,
                        core::Timestamp now,
                        const std::vector<core::Execution>& children) {
  Object record = execution_row(execution, now);
  record.set("inputs", execution.inputs);
  record.set("return_value", execution.return_value);
  record.set("warnings", core::Array(execution.warnings.begin(), execution.warnings.end()));
  record.set("progress", progress_of(nodes, expected_nodes));
  core::Array rows;
  rows.reserve(nodes.size());
  for (const auto& node : nodes) {
    Object row = node_record(node);
    for (const core::Execution& child : children) {
      if (child.parent->node_execution_id == node.id) row.set("child", child.id);
    }
    rows.emplace_back(std::move(row));
  }
  record.set("nodes", std::move(rows));
  return record;
}

}  // namespace goflow::cli
