#include "core/claimcheck/latency_histogram.hpp"

#include <doctest/doctest.h>

using namespace goflow;
using namespace std::chrono_literals;
using core::LatencyHistogram;

TEST_CASE("a bound belongs to its bucket, and what is beyond the last one has a bucket, too") {
  LatencyHistogram latency;
  for (const auto duration : {0us, 500us, 501us, 1000us, 10'000'000us, 10'000'001us}) {
    latency.add(duration);
  }
  CHECK(latency.counts()[0] == 2);
  CHECK(latency.counts()[1] == 2);
  CHECK(latency.counts()[13] == 1);
  CHECK(latency.counts()[14] == 1);
  CHECK(latency.count() == 6);
}

TEST_CASE("the mean is that of the times, not of the buckets") {
  LatencyHistogram latency;
  CHECK(latency.mean_ms() == 0);
  latency.add(1ms);
  latency.add(2ms);
  latency.add(60ms);
  CHECK(latency.mean_ms() == doctest::Approx(21));
}

TEST_CASE("a percentile lies within its bucket as if the times were spread evenly") {
  LatencyHistogram latency;
  CHECK(latency.percentile_ms(0.5) == 0);
  for (int i = 0; i < 10; ++i) {
    latency.add(7ms);  // 5 to 10
  }
  CHECK(latency.percentile_ms(0.5) == doctest::Approx(7.5));
  CHECK(latency.percentile_ms(1.0) == doctest::Approx(10));
  for (int i = 0; i < 10; ++i) {
    latency.add(30ms);  // 25 to 50
  }
  CHECK(latency.percentile_ms(0.5) == doctest::Approx(10));
  CHECK(latency.percentile_ms(0.75) == doctest::Approx(37.5));
  CHECK(latency.percentile_ms(0.95) == doctest::Approx(47.5));
}

TEST_CASE("of times beyond the last bound a percentile is that bound") {
  LatencyHistogram latency;
  latency.add(1min);
  CHECK(latency.percentile_ms(0.99) == doctest::Approx(10'000));
}

TEST_CASE("two histograms add up to that of all their times") {
  LatencyHistogram fast;
  fast.add(1ms);
  LatencyHistogram slow;
  slow.add(20s);
  LatencyHistogram both;
  both.add(1ms);
  both.add(20s);
  fast.add(slow);
  CHECK(fast == both);
}
