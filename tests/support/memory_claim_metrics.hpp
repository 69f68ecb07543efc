// What the claim check did, remembered for as long as a test takes.
#pragma once

#include "core/claimcheck/metrics.hpp"

namespace goflow::test {

class MemoryClaimMetrics final : public core::ClaimMetricsStore {
 public:
  core::Result<void> add(const core::ClaimCounters& increments) override {
    const std::scoped_lock turn(mutex_);
    if (is_broken_) return core::Error{core::ErrorCode::unavailable, "the disk is full"};
    counters_.add(increments);
    return {};
  }
  core::Result<core::ClaimCounters> read() override {
    const std::scoped_lock turn(mutex_);
    return counters_;
  }
  core::Result<void> reset() override {
    const std::scoped_lock turn(mutex_);
    counters_ = {};
    return {};
  }

  /// From now on nothing can be added, or again.
  void break_down(bool is_broken) { is_broken_ = is_broken; }

 private:
  std::mutex mutex_;
  core::ClaimCounters counters_;
  bool is_broken_ = false;
};

}  // namespace goflow::test
