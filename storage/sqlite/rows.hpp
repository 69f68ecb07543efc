// Executions and what belongs to them, as rows of the history.
#pragma once

#include "core/execution/execution.hpp"
#include "storage/sqlite/query.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace goflow::storage {

enum class Detail {
  summary,  // without inputs and return value, which may be large
  full
};

/// "SELECT … FROM executions e …", to be followed by WHERE; for read_execution().
/// `source`: what the executions, called e, are taken from.
std::string select_execution(Detail detail, std::string_view source = "executions e");
core::Execution read_execution(Query& row);

/// "SELECT … FROM node_executions n"; for read_node().
std::string select_node();
core::NodeExecution read_node(Query& row);

/// Of ?1, ordered; `which_nodes` is a condition on its nodes n. For read_attempt() and read_log().
std::string select_attempts(const std::string& which_nodes);
core::NodeAttempt read_attempt(Query& row);
std::string select_logs(const std::string& which_nodes);
core::NodeLog read_log(Query& row);

/// The five columns type, message, node, path, context; nullopt when they are empty.
std::optional<core::Failure> read_failure(Query& row);
void bind_failure(Query& query, const std::optional<core::Failure>& failure);

// Columns of one value each; null and empty are NULL.
std::optional<std::string> json_column(const core::Value& value);
std::optional<std::string_view> text_column(const std::string& text);
std::optional<std::string> cancel_column(const std::optional<core::CancelRequest>& request);
std::optional<std::string> wait_column(const std::optional<core::WaitRecord>& wait);
std::optional<std::string> process_column(const std::optional<core::ProcessRecord>& process);
std::optional<std::string> warnings_column(const std::vector<std::string>& warnings);
std::optional<std::string> trigger_column(const core::Execution& execution);
std::string marks_column(const std::vector<core::LogMark>& marks);
std::optional<std::string> text_map_column(const core::TextMap& texts);
std::optional<std::string> audit_column(const std::optional<core::Audit>& audit);
std::optional<std::string> status_audit_column(const std::optional<core::Audit>& audit);

// A status that only the original knew is an end that was none of ours.
core::ExecutionStatus read_execution_status(Query& row);
core::NodeStatus read_node_status(Query& row);
core::Value read_json(Query& row);
/// Empty when the column holds no object.
core::Object read_object(Query& row);
core::TextMap read_text_map(Query& row);
/// What is no time, in rows of the original GoFlow, reads as the beginning of time.
core::Timestamp read_time(Query& row);
std::optional<core::CancelRequest> read_cancel(Query& row);
/// The columns of execution_owners but the first; of pid 0 when nobody owns the run.
core::Owner read_owner(Query& row);

}  // namespace goflow::storage
