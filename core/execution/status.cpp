#include "core/execution/status.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace goflow::core {
namespace {

using enum ExecutionStatus;

constexpr std::array execution_statuses{
    pending, running, waiting, completed, failed, cancelled, timed_out};
constexpr std::array node_statuses{NodeStatus::pending,
                                   NodeStatus::running,
                                   NodeStatus::completed,
                                   NodeStatus::failed,
                                   NodeStatus::skipped,
                                   NodeStatus::cancelled};

bool same_word(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) {
    return std::tolower(x) == std::tolower(y);
  });
}

}  // namespace

std::string_view to_string(ExecutionStatus status) {
  switch (status) {
    case pending:
      return "pending";
    case running:
      return "running";
    case waiting:
      return "waiting";
    case completed:
      return "completed";
    case failed:
      return "failed";
    case cancelled:
      return "cancelled";
    case timed_out:
      return "timed_out";
  }
  return "pending";
}

std::optional<ExecutionStatus> parse_execution_status(std::string_view word) {
  for (const ExecutionStatus status : execution_statuses) {
    if (same_word(to_string(status), word)) return status;
  }
  return std::nullopt;
}

std::string_view phase_of(ExecutionStatus status) {
  switch (status) {
    case pending:
      return "EXECUTION_PENDING";
    case running:
    case waiting:
      return "EXECUTION_IN_PROGRESS";
    case completed:
      return "EXECUTION_COMPLETED";
    case failed:
    case timed_out:
      return "EXECUTION_FAILED";
    case cancelled:
      return "EXECUTION_CANCELLED";
  }
  return "EXECUTION_PENDING";
}

bool is_terminal(ExecutionStatus status) {
  return status == completed || status == failed || status == cancelled || status == timed_out;
}

bool may_move(ExecutionStatus from, ExecutionStatus to, Reopen reopen) {
  switch (from) {
    case pending:
      return to == running || to == failed || to == cancelled;
    case running:
      return to == waiting || to == completed || to == failed || to == cancelled || to == timed_out;
    case waiting:
      return to == running || to == failed || to == cancelled || to == timed_out;
    case failed:
    case timed_out:
    case cancelled:
      return to == running && reopen == Reopen::yes;
    case completed:
      return false;
  }
  return false;
}

std::string_view to_string(NodeStatus status) {
  switch (status) {
    case NodeStatus::pending:
      return "pending";
    case NodeStatus::running:
      return "running";
    case NodeStatus::completed:
      return "completed";
    case NodeStatus::failed:
      return "failed";
    case NodeStatus::skipped:
      return "skipped";
    case NodeStatus::cancelled:
      return "cancelled";
  }
  return "pending";
}

std::optional<NodeStatus> parse_node_status(std::string_view word) {
  for (const NodeStatus status : node_statuses) {
    if (same_word(to_string(status), word)) return status;
  }
  return std::nullopt;
}

bool is_terminal(NodeStatus status) {
  return status != NodeStatus::pending && status != NodeStatus::running;
}

}  // namespace goflow::core
