// How the runs of a workflow, or the attempts of a node, have gone so far.
#pragma once

#include "core/execution/execution.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace goflow::core {

/// Counts what ended, and of what ended well remembers how long it took.
class Statistics {
 public:
  void add(const Execution& execution);
  void add(const NodeExecution& node);

  [[nodiscard]] std::int64_t runs() const { return runs_; }
  [[nodiscard]] std::int64_t completed() const { return completed_; }
  [[nodiscard]] std::int64_t failed() const { return failed_; }
  [[nodiscard]] std::int64_t timed_out() const { return timed_out_; }
  [[nodiscard]] std::int64_t cancelled() const { return cancelled_; }
  /// Attempts of a node beyond the first; of an execution how often it was retried.
  [[nodiscard]] std::int64_t retries() const { return retries_; }
  /// completed / (completed + failed + timed out); nullopt: nothing of that.
  [[nodiscard]] std::optional<double> success_rate() const;
  /// The duration that so many of a hundred do not exceed; nullopt: none is known.
  [[nodiscard]] std::optional<std::chrono::microseconds> percentile(int percent) const;

 private:
  void add_duration(const std::optional<Timestamp>& from, const std::optional<Timestamp>& to);

  std::int64_t runs_ = 0;
  std::int64_t completed_ = 0;
  std::int64_t failed_ = 0;
  std::int64_t timed_out_ = 0;
  std::int64_t cancelled_ = 0;
  std::int64_t retries_ = 0;
  std::vector<std::chrono::microseconds> durations_;
};

using StatisticsByName = std::map<std::string, Statistics>;

}  // namespace goflow::core
