#include "core/claimcheck/metrics_report.hpp"

#include "core/value/json.hpp"

#include <doctest/doctest.h>

using namespace goflow;
using namespace std::chrono_literals;
using core::ClaimCounters;

namespace {

ClaimCounters some_counters() {
  ClaimCounters counters{.offloads = 4,
                         .retrievals = 3,
                         .cache_hits = 2,
                         .dedup_hits = 1,
                         .payload_bytes = 1000,
                         .stored_bytes = 300,
                         .errors = {{"get", 1}, {"put", 2}}};
  counters.uploads.add(700us);
  counters.uploads.add(800us);
  counters.downloads.add(11s);
  return counters;
}

}  // namespace

TEST_CASE("the JSON document names every metric") {
  CHECK(core::to_json(core::metrics_document(some_counters(), {.blobs = 5, .stored_bytes = 600})) ==
        R"({"offload_count":4,"retrieval_count":3,"cache_hits":2,"dedup_hits":1,)"
        R"("total_bytes_stored":1000,"stored_bytes":300,"compression_ratio":0.7,"error_count":3,)"
        R"("avg_upload_latency_ms":0.75,"avg_download_latency_ms":11000,)"
        R"("upload_latency":{"count":2,"mean_ms":0.75,"p50_ms":0.75,"p95_ms":0.975,)"
        R"("p99_ms":0.995},"download_latency":{"count":1,"mean_ms":11000,"p50_ms":10000,)"
        R"("p95_ms":10000,"p99_ms":10000},"blobs_present":5,"bytes_present":600})");
}

TEST_CASE("where nothing was counted every metric is zero") {
  CHECK(core::to_json(core::metrics_document({}, {})) ==
        R"({"offload_count":0,"retrieval_count":0,"cache_hits":0,"dedup_hits":0,)"
        R"("total_bytes_stored":0,"stored_bytes":0,"compression_ratio":0,"error_count":0,)"
        R"("avg_upload_latency_ms":0,"avg_download_latency_ms":0,)"
        R"("upload_latency":{"count":0,"mean_ms":0,"p50_ms":0,"p95_ms":0,"p99_ms":0},)"
        R"("download_latency":{"count":0,"mean_ms":0,"p50_ms":0,"p95_ms":0,"p99_ms":0},)"
        R"("blobs_present":0,"bytes_present":0})");
}

TEST_CASE("the text for Prometheus has cumulative buckets and declares every metric once") {
  CHECK(prometheus_text(some_counters(), {.blobs = 5, .stored_bytes = 600}) ==
        R"(# HELP claimcheck_offload_total Values offloaded.
# TYPE claimcheck_offload_total counter
claimcheck_offload_total 4
# HELP claimcheck_retrieval_total Payloads fetched from a store.
# TYPE claimcheck_retrieval_total counter
claimcheck_retrieval_total 3
# HELP claimcheck_cache_hits_total Payloads that had been fetched before.
# TYPE claimcheck_cache_hits_total counter
claimcheck_cache_hits_total 2
# HELP claimcheck_dedup_hits_total Offloads whose blob existed.
# TYPE claimcheck_dedup_hits_total counter
claimcheck_dedup_hits_total 1
# HELP claimcheck_storage_bytes_total Bytes of blobs written, before and after compression.
# TYPE claimcheck_storage_bytes_total counter
claimcheck_storage_bytes_total{form="original"} 1000
claimcheck_storage_bytes_total{form="stored"} 300
# HELP claimcheck_errors_total Failed operations, after retries.
# TYPE claimcheck_errors_total counter
claimcheck_errors_total{operation="get"} 1
claimcheck_errors_total{operation="put"} 2
# HELP claimcheck_upload_latency_seconds Uploads, retries included.
# TYPE claimcheck_upload_latency_seconds histogram
claimcheck_upload_latency_seconds_bucket{le="0.0005"} 0
claimcheck_upload_latency_seconds_bucket{le="0.001"} 2
claimcheck_upload_latency_seconds_bucket{le="0.0025"} 2
claimcheck_upload_latency_seconds_bucket{le="0.005"} 2
claimcheck_upload_latency_seconds_bucket{le="0.01"} 2
claimcheck_upload_latency_seconds_bucket{le="0.025"} 2
claimcheck_upload_latency_seconds_bucket{le="0.05"} 2
claimcheck_upload_latency_seconds_bucket{le="0.1"} 2
claimcheck_upload_latency_seconds_bucket{le="0.25"} 2
claimcheck_upload_latency_seconds_bucket{le="0.5"} 2
claimcheck_upload_latency_seconds_bucket{le="1"} 2
claimcheck_upload_latency_seconds_bucket{le="2.5"} 2
claimcheck_upload_latency_seconds_bucket{le="5"} 2
claimcheck_upload_latency_seconds_bucket{le="10"} 2
claimcheck_upload_latency_seconds_bucket{le="+Inf"} 2
claimcheck_upload_latency_seconds_sum 0.0015
claimcheck_upload_latency_seconds_count 2
# HELP claimcheck_download_latency_seconds Downloads, retries included.
# TYPE claimcheck_download_latency_seconds histogram
claimcheck_download_latency_seconds_bucket{le="0.0005"} 0
claimcheck_download_latency_seconds_bucket{le="0.001"} 0
claimcheck_download_latency_seconds_bucket{le="0.0025"} 0
claimcheck_download_latency_seconds_bucket{le="0.005"} 0
claimcheck_download_latency_seconds_bucket{le="0.01"} 0
claimcheck_download_latency_seconds_bucket{le="0.025"} 0
claimcheck_download_latency_seconds_bucket{le="0.05"} 0
claimcheck_download_latency_seconds_bucket{le="0.1"} 0
claimcheck_download_latency_seconds_bucket{le="0.25"} 0
claimcheck_download_latency_seconds_bucket{le="0.5"} 0
claimcheck_download_latency_seconds_bucket{le="1"} 0
claimcheck_download_latency_seconds_bucket{le="2.5"} 0
claimcheck_download_latency_seconds_bucket{le="5"} 0
claimcheck_download_latency_seconds_bucket{le="10"} 0
claimcheck_download_latency_seconds_bucket{le="+Inf"} 1
claimcheck_download_latency_seconds_sum 11
claimcheck_download_latency_seconds_count 1
# HELP claimcheck_blobs_present Blobs that lie in the stores.
# TYPE claimcheck_blobs_present gauge
claimcheck_blobs_present 5
# HELP claimcheck_bytes_present Bytes that lie in the stores.
# TYPE claimcheck_bytes_present gauge
claimcheck_bytes_present 600
)");
}
