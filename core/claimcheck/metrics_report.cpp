#include "core/claimcheck/metrics_report.hpp"

#include <fmt/format.h>

#include <cmath>

namespace goflow::core {
namespace {

/// Finer than it was measured a time cannot be.
double to_microsecond(double milliseconds) {
  return std::round(milliseconds * 1000) / 1000;
}

double compression_ratio(const ClaimCounters& counters) {
  if (counters.payload_bytes == 0) return 0;
  return 1 -
         static_cast<double>(counters.stored_bytes) / static_cast<double>(counters.payload_bytes);
}

Object latency_document(const LatencyHistogram& latency) {
  return {{"count", latency.count()},
          {"mean_ms", to_microsecond(latency.mean_ms())},
          {"p50_ms", to_microsecond(latency.percentile_ms(0.50))},
          {"p95_ms", to_microsecond(latency.percentile_ms(0.95))},
          {"p99_ms", to_microsecond(latency.percentile_ms(0.99))}};
}

class PrometheusText {
 public:
  void counter(std::string_view name, std::string_view help, std::int64_t value) {
    declare(name, help, "counter");
    sample(name, "", value);
  }

  void gauge(std::string_view name, std::string_view help, std::int64_t value) {
    declare(name, help, "gauge");
    sample(name, "", value);
  }

  void histogram(std::string_view name, std::string_view help, const LatencyHistogram& latency) {
    declare(name, help, "histogram");
    std::int64_t up_to = 0;
    for (std::size_t i = 0; i < LatencyHistogram::bucket_count; ++i) {
      up_to += latency.counts()[i];
      const std::string bound = i < LatencyHistogram::bounds_us.size()
                                    ? in_seconds(LatencyHistogram::bounds_us[i])
                                    : "+Inf";
      sample(fmt::format("{}_bucket", name), label("le", bound), up_to);
    }
    text_ += fmt::format("{}_sum {}\n", name, in_seconds(latency.total_us()));
    sample(fmt::format("{}_count", name), "", up_to);
  }

  void declare(std::string_view name, std::string_view help, std::string_view type) {
    text_ += fmt::format("# HELP {} {}\n# TYPE {} {}\n", name, help, name, type);
  }

  void sample(std::string_view name, std::string_view labels, std::int64_t value) {
    text_ += fmt::format("{}{} {}\n", name, labels, value);
  }

  static std::string label(std::string_view name, std::string_view value) {
    return fmt::format("{{{}=\"{}\"}}", name, value);
  }

  [[nodiscard]] std::string finish() && { return std::move(text_); }

 private:
  static std::string in_seconds(std::int64_t microseconds) {
    return fmt::format("{}", static_cast<double>(microseconds) / 1e6);
  }

  std::string text_;
};

}  // namespace

Object metrics_document(const ClaimCounters& counters, const BlobTotals& present) {
  return {{"offload_count", counters.offloads},
          {"retrieval_count", counters.retrievals},
          {"cache_hits", counters.cache_hits},
          {"dedup_hits", counters.dedup_hits},
          {"total_bytes_stored", counters.payload_bytes},
          {"stored_bytes", counters.stored_bytes},
          {"compression_ratio", compression_ratio(counters)},
          {"error_count", counters.error_count()},
          {"avg_upload_latency_ms", to_microsecond(counters.uploads.mean_ms())},
          {"avg_download_latency_ms", to_microsecond(counters.downloads.mean_ms())},
          {"upload_latency", latency_document(counters.uploads)},
          {"download_latency", latency_document(counters.downloads)},
          {"blobs_present", present.blobs},
          {"bytes_present", present.stored_bytes}};
}

std::string prometheus_text(const ClaimCounters& counters, const BlobTotals& present) {
  PrometheusText text;
  text.counter("claimcheck_offload_total", "Values offloaded.", counters.offloads);
  text.counter("claimcheck_retrieval_total", "Payloads fetched from a store.", counters.retrievals);
  text.counter(
      "claimcheck_cache_hits_total", "Payloads that had been fetched before.", counters.cache_hits);
  text.counter("claimcheck_dedup_hits_total", "Offloads whose blob existed.", counters.dedup_hits);
  text.declare("claimcheck_storage_bytes_total",
               "Bytes of blobs written, before and after compression.",
               "counter");
  text.sample("claimcheck_storage_bytes_total",
              PrometheusText::label("form", "original"),
              counters.payload_bytes);
  text.sample("claimcheck_storage_bytes_total",
              PrometheusText::label("form", "stored"),
              counters.stored_bytes);
  text.declare("claimcheck_errors_total", "Failed operations, after retries.", "counter");
  for (const auto& [operation, count] : counters.errors) {
    text.sample("claimcheck_errors_total", PrometheusText::label("operation", operation), count);
  }
  text.histogram(
      "claimcheck_upload_latency_seconds", "Uploads, retries included.", counters.uploads);
  text.histogram(
      "claimcheck_download_latency_seconds", "Downloads, retries included.", counters.downloads);
  text.gauge("claimcheck_blobs_present", "Blobs that lie in the stores.", present.blobs);
  text.gauge("claimcheck_bytes_present", "Bytes that lie in the stores.", present.stored_bytes);
  return std::move(text).finish();
}

}  // namespace goflow::core
