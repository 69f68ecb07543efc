#include "core/execution/statistics.hpp"

#include <algorithm>

namespace goflow::core {

void Statistics::add(const Execution& execution) {
  ++runs_;
  retries_ += execution.reopened;
  switch (execution.status) {
    case ExecutionStatus::completed:
      ++completed_;
      break;
    case ExecutionStatus::failed:
      ++failed_;
      break;
    case ExecutionStatus::timed_out:
      ++timed_out_;
      break;
    case ExecutionStatus::cancelled:
      ++cancelled_;
      return;
    case ExecutionStatus::pending:
    case ExecutionStatus::running:
    case ExecutionStatus::waiting:
      return;
  }
  add_duration(execution.started_at, execution.completed_at);
}

void Statistics::add(const NodeExecution& node) {
  const bool has_ended = node.status == NodeStatus::completed || node.status == NodeStatus::failed;
  if (!has_ended) return;
  ++runs_;
  ++(node.status == NodeStatus::completed ? completed_ : failed_);
  retries_ += node.attempt - 1;
  add_duration(node.started_at, node.completed_at);
}

void Statistics::add_duration(const std::optional<Timestamp>& from,
                              const std::optional<Timestamp>& to) {
  if (from && to) durations_.push_back(std::max(*to - *from, std::chrono::microseconds{0}));
}

std::optional<double> Statistics::success_rate() const {
  const std::int64_t judged = completed_ + failed_ + timed_out_;
  if (judged == 0) return std::nullopt;
  return static_cast<double>(completed_) / static_cast<double>(judged);
}

std::optional<std::chrono::microseconds> Statistics::percentile(int percent) const {
  if (durations_.empty()) return std::nullopt;
  std::vector<std::chrono::microseconds> sorted = durations_;
  const std::size_t rank = (sorted.size() * static_cast<std::size_t>(percent) + 99) / 100;
  const std::size_t place = std::max<std::size_t>(rank, 1) - 1;
  std::nth_element(
      sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(place), sorted.end());
  return sorted[place];
}

}  // namespace goflow::core
