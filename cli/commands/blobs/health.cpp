// goflow blobs health: whether large values can be stored right now.
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"

#include <optional>

namespace goflow::cli {
namespace {

using core::Result;

constexpr Field fields[] = {
    {"status", "healthy or unhealthy"},
    {"claimcheck", "enabled, storage, healthy and, when it is not, error"},
};

struct HealthOptions {
  OutputChoice output;
};

void declare(Command& command, HealthOptions& options) {
  command.summary("try whether the store of large values can be used")
      .describe(
          "Writes, reads and removes a probe, or asks the service for its bucket. A run goes on "
          "without the store: its values stay in the history then.")
      .example("goflow blobs health", "is the store all right?")
      .example("goflow blobs health --json", "for whatever watches this machine")
      .exit_code(1, "it cannot be used");
  command.json(options.output, fields);
  command.output_format(options.output);
}

Result<void> probe(const std::string& location, Context& context) {
  GOFLOW_TRY(core::BlobStorage * blobs, context.blob_storage());
  GOFLOW_TRY(core::ObjectStore * store, blobs->store_at(location));
  return store->health();
}

core::Object record_of(bool is_enabled,
                       const std::string& storage,
                       const std::optional<core::Error>& fault) {
  core::Object claim_check{
      {"enabled", is_enabled}, {"storage", storage}, {"healthy", !fault.has_value()}};
  if (fault) claim_check.set("error", fault->message);
  return {{"status", fault ? "unhealthy" : "healthy"}, {"claimcheck", std::move(claim_check)}};
}

Result<void> run(const HealthOptions& options, Context& context) {
  GOFLOW_TRY(core::ClaimCheck * claim_check, context.claim_check());
  GOFLOW_TRY(core::BlobStorage * blobs, context.blob_storage());
  GOFLOW_TRY(const core::ResolvedSetting type, context.setting(core::settings::blob_storage_type));
  const bool is_enabled = claim_check->settings().enabled;
  std::optional<core::Error> fault;
  if (is_enabled) {
    if (auto probed = probe(blobs->location(), context); !probed) {
      fault = std::move(probed).error();
    }
  }
  if (!options.output.is_text()) {
    write_records(context.out(), options.output, record_of(is_enabled, type.value, fault));
    // It was said in the record.
    if (fault) return core::Error{core::ErrorCode::unavailable, ""};
    return {};
  }
  if (fault) return std::move(*fault).with_context(blobs->location());
  context.out().line(is_enabled ? "healthy: " + blobs->location()
                                : "healthy: large values stay in the history");
  return {};
}

}  // namespace

std::unique_ptr<Action> blobs_health() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
