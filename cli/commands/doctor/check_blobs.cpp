// goflow doctor: where large values are kept, and what lies there.
#include "cli/claim_settings.hpp"
#include "cli/commands/doctor/check.hpp"
#include "cli/io/times.hpp"
#include "core/settings/setting.hpp"
#include "storage/blobs/filesystem_store.hpp"
#include "storage/sqlite/blob_index.hpp"
#include "storage/sqlite/history_health.hpp"

#include <fmt/format.h>

#include <sys/stat.h>

#include <optional>
#include <utility>

namespace goflow::cli {
namespace {

using core::Result;

/// What others may do there.
constexpr mode_t of_others = 0077;

/// What is recorded, without asking any store, or the keyring for its keys.
struct RecordedBlobs {
  std::optional<core::BlobTotals> present = std::nullopt;  // nullopt: the history is not to be read
  std::int64_t corrupt = 0;
  bool are_expected = false;  // in the place where new ones go
};

Result<RecordedBlobs> recorded_blobs(const std::string& location, Context& context) {
  RecordedBlobs recorded;
  GOFLOW_TRY(const std::string home, context.home());
  const std::string history = home + "/goflow.db";
  const auto is_current = storage::is_history_current(history);
  const bool is_there = is_current || is_current.error().code != core::ErrorCode::not_found;
  if (!is_there) recorded.present.emplace();
  // To open it would upgrade it.
  if (!is_current || !*is_current) return recorded;
  GOFLOW_TRY(const auto index, storage::open_blob_index(history, context.clock()));
  GOFLOW_TRY(recorded.present, index->totals());
  GOFLOW_TRY(const auto corrupt, index->list({.state = core::BlobState::corrupt}));
  recorded.corrupt = std::ssize(corrupt);
  GOFLOW_TRY(recorded.are_expected, index->expects_objects(location));
  return recorded;
}

std::string summary(const std::string& place, const RecordedBlobs& recorded) {
  if (!recorded.present) return place;
  if (recorded.present->blobs == 0) return place + ", no blobs";
  return fmt::format("{}, {} {}, {}",
                     place,
                     recorded.present->blobs,
                     recorded.present->blobs == 1 ? "blob" : "blobs",
                     format_size(recorded.present->stored_bytes));
}

/// nullopt: nothing is wrong with it.
std::optional<Finding> look_at_folder(const std::string& base,
                                      const RecordedBlobs& recorded,
                                      const std::string& what) {
  const auto missing =
      recorded.are_expected ? storage::MissingBase::lost : storage::MissingBase::fine;
  if (auto healthy = storage::FilesystemStore(base, missing).health(); !healthy) {
    return Finding{Health::fault, what + "; " + healthy.error().message, healthy.error().hint};
  }
  struct stat status {};
  const bool is_open_to_others =
      stat(base.c_str(), &status) == 0 && (status.st_mode & of_others) != 0;
  if (!is_open_to_others) return std::nullopt;
  return Finding{Health::warning, what + "; others may look into it", "chmod 700 '" + base + "'"};
}

Result<Finding> look(Context& context) {
  GOFLOW_TRY(const core::ClaimCheckSettings settings, claim_check_settings(context));
  GOFLOW_TRY(const storage::StoreLocation location, blob_location(context));
  GOFLOW_TRY(const core::ResolvedSetting type, context.setting(core::settings::blob_storage_type));
  GOFLOW_TRY(const std::string home, context.home());
  GOFLOW_TRY(const RecordedBlobs recorded,
             recorded_blobs(storage::record_of(location, home), context));
  const auto* folder = std::get_if<storage::FilesystemLocation>(&location);
  const auto* bucket = std::get_if<storage::S3Location>(&location);
  const std::string place = folder != nullptr
                                ? folder->base
                                : bucket->endpoint + "/" + bucket->bucket + "/" + bucket->prefix;
  std::string what = summary(type.value + ", " + place, recorded);
  if (!settings.enabled) return Finding{Health::ok, "switched off; " + what};
  if (folder != nullptr) {
    if (auto finding = look_at_folder(place, recorded, what)) return *std::move(finding);
  }
  if (recorded.corrupt > 0) {
    return Finding{Health::warning,
                   what + "; " + std::to_string(recorded.corrupt) + " corrupt",
                   "see which: goflow blobs verify"};
  }
  // No server is contacted here.
  if (bucket != nullptr) what += "; try it: goflow blobs health";
  return Finding{Health::ok, std::move(what)};
}

}  // namespace

Finding check_blobs(Context& context) {
  auto finding = look(context);
  if (!finding) return fault_of(finding.error());
  return *std::move(finding);
}

}  // namespace goflow::cli
