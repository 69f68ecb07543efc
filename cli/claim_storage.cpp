#include "cli/claim_storage.hpp"

#include "cli/claim_settings.hpp"
#include "cli/context.hpp"
#include "storage/blobs/filesystem_store.hpp"
#include "storage/files/home.hpp"
#include "storage/sqlite/blob_index.hpp"

#include <utility>

namespace goflow::cli {
namespace {

using core::Result;

constexpr std::string_view filesystem = "filesystem:";
constexpr std::string_view in_home = "@home/";

std::string location_of(const std::string& path, const std::string& home) {
  const bool is_within = path.starts_with(home + "/");
  return std::string(filesystem) +
         (is_within ? std::string(in_home) + path.substr(home.size() + 1) : path);
}

}  // namespace

Result<std::unique_ptr<ClaimStorage>> ClaimStorage::open(Context& context) {
  GOFLOW_TRY(std::string home, context.home());
  GOFLOW_TRY(const core::ClaimCheckSettings settings, claim_check_settings(context));
  GOFLOW_TRY(const core::ResolvedSetting path, context.setting(core::settings::blob_storage_path));
  const std::string base = path.value.empty() ? home + "/blobs" : path.value;
  std::string location = location_of(base, home);
  return std::unique_ptr<ClaimStorage>(
      new ClaimStorage(context, std::move(home), std::move(location), settings));
}

ClaimStorage::ClaimStorage(Context& context,
                           std::string home,
                           std::string location,
                           const core::ClaimCheckSettings& settings)
    : context_(context),
      home_(std::move(home)),
      location_(std::move(location)),
      claim_check_(settings, *this, observer_, context.clock()) {}

Result<core::BlobIndex*> ClaimStorage::index() {
  const std::lock_guard lock(mutex_);
  if (!index_) {
    GOFLOW_TRY(storage::make_private_folder(home_));
    GOFLOW_TRY(index_, storage::open_blob_index(home_ + "/goflow.db", context_.clock()));
  }
  return index_.get();
}

Result<core::ObjectStore*> ClaimStorage::store_at(const std::string& location) {
  const std::lock_guard lock(mutex_);
  auto& store = stores_[location];
  if (!store) {
    std::string path = location.substr(filesystem.size());
    if (path.starts_with(in_home)) path = home_ + "/" + path.substr(in_home.size());
    store = std::make_unique<storage::FilesystemStore>(std::move(path));
  }
  return store.get();
}

}  // namespace goflow::cli
