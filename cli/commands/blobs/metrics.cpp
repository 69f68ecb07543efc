// goflow blobs metrics: what the claim check did, and how long it took.
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"
#include "cli/io/table.hpp"
#include "cli/io/times.hpp"
#include "core/claimcheck/metrics_report.hpp"

namespace goflow::cli {
namespace {

using core::BlobTotals;
using core::ClaimCounters;
using core::Error;
using core::ErrorCode;
using core::Result;

constexpr Field fields[] = {
    {"offload_count", "values that were put into a store"},
    {"retrieval_count", "values that were fetched from a store"},
    {"cache_hits", "values that had been fetched before"},
    {"dedup_hits", "offloaded values that lay in a store already"},
    {"total_bytes_stored", "bytes of values written"},
    {"stored_bytes", "the same after compression"},
    {"compression_ratio", "0.7: 70 % smaller"},
    {"error_count", "operations that failed, after retries"},
    {"avg_upload_latency_ms", "the mean"},
    {"avg_download_latency_ms", "the mean"},
    {"upload_latency", "count, mean_ms, p50_ms, p95_ms and p99_ms"},
    {"download_latency", "the same of downloads"},
    {"blobs_present", "blobs that lie in the stores now"},
    {"bytes_present", "their bytes there"},
};

struct MetricsOptions {
  bool prometheus = false;
  bool reset = false;
  OutputChoice output;
};

void declare(Command& command, MetricsOptions& options) {
  command.summary("show what was stored and fetched, and how fast")
      .describe("Counted over all runs of this home since the last --reset.")
      .example("goflow blobs metrics", "for the eye")
      .example("goflow blobs metrics --prometheus > claimcheck.prom",
               "for the text file collector of a node exporter");
  command.flag("--prometheus", options.prometheus, "in the text format of Prometheus");
  command.flag("--reset", options.reset, "set every counter to zero");
  command.json(options.output, fields);
  command.output_format(options.output);
}

struct Metrics {
  ClaimCounters counters;
  BlobTotals present;
};

/// Nothing, where nothing was ever stored.
Result<Metrics> read_metrics(Context& context) {
  GOFLOW_TRY(core::BlobIndex * index, context.blob_index_if_any());
  Metrics metrics;
  if (index == nullptr) return metrics;
  GOFLOW_TRY(core::ClaimMetricsStore * store, context.claim_metrics());
  GOFLOW_TRY(metrics.counters, store->read());
  GOFLOW_TRY(metrics.present, index->totals());
  return metrics;
}

std::string milliseconds(double ms) {
  return std::to_string(static_cast<std::int64_t>(ms + 0.5)) + "ms";
}

void write_text(const Metrics& metrics, Context& context) {
  const ClaimCounters& counters = metrics.counters;
  Table table({{""}, {"", Align::right}});
  const auto line = [&](std::string_view name, Cell cell) {
    table.add({text_cell(name, Tone::dim), std::move(cell)});
  };
  line("offloaded", number_cell(counters.offloads));
  line("of these already stored", number_cell(counters.dedup_hits));
  line("fetched", number_cell(counters.retrievals));
  line("found in the cache", number_cell(counters.cache_hits));
  line("errors", number_cell(counters.error_count()));
  line("written", size_cell(counters.payload_bytes));
  line("written after compression", size_cell(counters.stored_bytes));
  line("mean upload", text_cell(milliseconds(counters.uploads.mean_ms())));
  line("mean download", text_cell(milliseconds(counters.downloads.mean_ms())));
  line("blobs present", number_cell(metrics.present.blobs));
  line("bytes present", size_cell(metrics.present.stored_bytes));
  table.write(context.terminal(), TableForm::bare);
}

Result<void> reset(Context& context) {
  GOFLOW_TRY(const core::BlobIndex* index, context.blob_index_if_any());
  if (index == nullptr) return {};
  GOFLOW_TRY(core::ClaimMetricsStore * store, context.claim_metrics());
  GOFLOW_TRY(store->reset());
  context.tell("every counter is zero");
  return {};
}

Result<void> run(const MetricsOptions& options, Context& context) {
  if (options.prometheus && !options.output.is_text()) {
    return Error{ErrorCode::invalid_argument, "--prometheus and --json exclude each other"};
  }
  if (options.reset) return reset(context);
  GOFLOW_TRY(const Metrics metrics, read_metrics(context));
  if (options.prometheus) {
    context.out().write(core::prometheus_text(metrics.counters, metrics.present));
  } else if (options.output.is_text()) {
    write_text(metrics, context);
  } else {
    write_records(
        context.out(), options.output, core::metrics_document(metrics.counters, metrics.present));
  }
  return {};
}

}  // namespace

std::unique_ptr<Action> blobs_metrics() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
