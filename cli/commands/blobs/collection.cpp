#include "cli/commands/blobs/collection.hpp"

#include "cli/commands/blobs/abandoned_logs.hpp"
#include "cli/context.hpp"
#include "cli/daily_turn.hpp"
#include "core/settings/setting.hpp"
#include "storage/blobs/filesystem_store.hpp"
#include "storage/blobs/store_location.hpp"

#include <variant>

namespace goflow::cli {
namespace {

namespace settings = core::settings;
using core::Result;

constexpr std::chrono::seconds longest_unasked{1};

/// Others may own objects in a bucket without a prefix.
bool is_shared(const storage::StoreLocation& location) {
  const auto* bucket = std::get_if<storage::S3Location>(&location);
  return bucket != nullptr && bucket->prefix.empty();
}

Result<void> collect_if_due(Context& context) {
  GOFLOW_TRY(const core::ResolvedSetting wanted, context.setting(settings::claim_check_auto_gc));
  if (wanted.value != "true") return {};
  GOFLOW_TRY(const core::GcRules rules, blob_rules(context));
  GOFLOW_TRY(const bool is_due, take_daily_turn("last-gc", context));
  if (!is_due) return {};
  GOFLOW_TRY(auto collection, blob_collection(context));
  GOFLOW_TRY(const auto report, collection.run({.rules = rules, .time_limit = longest_unasked}));
  if (report.failures.empty()) return {};
  return core::Error{core::ErrorCode::unavailable, report.failures.front()};
}

}  // namespace

Result<core::GarbageCollection> blob_collection(Context& context) {
  GOFLOW_TRY(core::BlobIndex * index, context.blob_index());
  GOFLOW_TRY(core::BlobStorage * blobs, context.blob_storage());
  GOFLOW_TRY(const std::string home, context.home());
  GOFLOW_TRY(const auto location, storage::parse_location(blobs->location(), home));
  core::GcPlaces places;
  places.open = [blobs](const std::string& store) { return blobs->store_at(store); };
  places.locations.push_back({.store = blobs->location(), .is_shared = is_shared(location)});
  if (const auto* folder = std::get_if<storage::FilesystemLocation>(&location)) {
    places.leftovers.emplace_back([base = folder->base](core::Timestamp before) {
      return storage::FilesystemStore(base).remove_unfinished(before);
    });
  }
  GOFLOW_TRY(core::ExecutionStore * executions, context.executions());
  places.leftovers.emplace_back([home, executions](core::Timestamp before) {
    return remove_abandoned_logs(home + "/spool", *executions, before);
  });
  return core::GarbageCollection(*index, std::move(places), context.clock());
}

Result<core::GcRules> blob_rules(Context& context) {
  core::GcRules rules;
  GOFLOW_TRY(rules.grace, context.duration(settings::claim_check_gc_grace));
  GOFLOW_TRY(const int days, context.number(settings::claim_check_ttl_days));
  if (days > 0) rules.ttl = std::chrono::days(days);
  return rules;
}

void collect_unasked(Context& context) {
  if (auto collected = collect_if_due(context); !collected) {
    context.err().line("warning: old blobs were not removed: " + collected.error().message);
  }
}

}  // namespace goflow::cli
