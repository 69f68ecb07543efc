// How long transfers took, counted in buckets.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace goflow::core {

class LatencyHistogram {
 public:
  /// Upper bounds, themselves included; the last bucket has none.
  static constexpr std::array<std::int64_t, 14> bounds_us{500,
                                                          1'000,
                                                          2'500,
                                                          5'000,
                                                          10'000,
                                                          25'000,
                                                          50'000,
                                                          100'000,
                                                          250'000,
                                                          500'000,
                                                          1'000'000,
                                                          2'500'000,
                                                          5'000'000,
                                                          10'000'000};
  static constexpr std::size_t bucket_count = bounds_us.size() + 1;

  void add(std::chrono::microseconds duration);
  void add(const LatencyHistogram& other);
  /// As it was recorded before.
  void add_bucket(std::size_t bucket, std::int64_t count) { counts_.at(bucket) += count; }
  void add_total(std::int64_t total_us) { total_us_ += total_us; }

  /// Not cumulative.
  [[nodiscard]] const std::array<std::int64_t, bucket_count>& counts() const { return counts_; }
  [[nodiscard]] std::int64_t total_us() const { return total_us_; }
  [[nodiscard]] std::int64_t count() const;
  /// 0 when there was none.
  [[nodiscard]] double mean_ms() const;
  /// Below which this part of them, 0 to 1, lies, as if they were spread evenly within a bucket. Of
  /// those beyond the last bound nothing but that is known.
  [[nodiscard]] double percentile_ms(double part) const;

  friend bool operator==(const LatencyHistogram&, const LatencyHistogram&) = default;

 private:
  std::array<std::int64_t, bucket_count> counts_{};
  std::int64_t total_us_ = 0;
};

}  // namespace goflow::core
