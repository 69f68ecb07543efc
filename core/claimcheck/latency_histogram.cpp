#include "core/claimcheck/latency_histogram.hpp"

#include <algorithm>
#include <numeric>

namespace goflow::core {

void LatencyHistogram::add(std::chrono::microseconds duration) {
  const auto bound = std::lower_bound(bounds_us.begin(), bounds_us.end(), duration.count());
  ++counts_[static_cast<std::size_t>(bound - bounds_us.begin())];
  total_us_ += duration.count();
}

void LatencyHistogram::add(const LatencyHistogram& other) {
  for (std::size_t i = 0; i < bucket_count; ++i) {
    counts_[i] += other.counts_[i];
  }
  total_us_ += other.total_us_;
}

std::int64_t LatencyHistogram::count() const {
  return std::accumulate(counts_.begin(), counts_.end(), std::int64_t{0});
}

double LatencyHistogram::mean_ms() const {
  const std::int64_t all = count();
  if (all == 0) return 0;
  return static_cast<double>(total_us_) / static_cast<double>(all) / 1000;
}

double LatencyHistogram::percentile_ms(double part) const {
  const double rank = part * static_cast<double>(count());
  double below = 0;
  double lower_us = 0;
  for (std::size_t i = 0; i < bounds_us.size(); ++i) {
    const auto upper_us = static_cast<double>(bounds_us[i]);
    const auto within = static_cast<double>(counts_[i]);
    if (within > 0 && below + within >= rank) {
      return (lower_us + (upper_us - lower_us) * (rank - below) / within) / 1000;
    }
    below += within;
    lower_us = upper_us;
  }
  return count() == 0 ? 0 : lower_us / 1000;
}

}  // namespace goflow::core
