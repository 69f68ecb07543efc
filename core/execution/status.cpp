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

constexpr std::string_view unspecified_phase = "EXECUTION_PHASE_UNSPECIFIED";
constexpr std::string_view in_progress_phase = "EXECUTION_IN_PROGRESS";
constexpr std::string_view in_progress = "IN_PROGRESS";

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
      return in_progress_phase;
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

std::optional<std::vector<ExecutionStatus>> parse_status_selection(std::string_view word) {
  if (const auto status = parse_execution_status(word)) return std::vector{*status};
  std::vector<ExecutionStatus> selection;
  for (const ExecutionStatus status : execution_statuses) {
    const bool is_meant = same_word(word, phase_of(status)) || same_word(word, unspecified_phase) ||
                          (phase_of(status) == in_progress_phase && same_word(word, in_progress));
    if (is_meant) selection.push_back(status);
  }
  if (selection.empty()) return std::nullopt;
  return selection;
}

std::vector<std::string_view> status_selection_words() {
  std::vector<std::string_view> words;
  for (const ExecutionStatus status : execution_statuses) {
    words.push_back(to_string(status));
  }
  for (const ExecutionStatus status : execution_statuses) {
    if (status != waiting && status != timed_out) words.push_back(phase_of(status));
  }
  return words;
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
