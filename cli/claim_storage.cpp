#include "cli/claim_storage.hpp"

#include "cli/context.hpp"
#include "storage/files/home.hpp"
#include "storage/sqlite/blob_index.hpp"

#include <utility>
#include <variant>

namespace goflow::cli {

using core::Result;

namespace {

// A process that is killed has told of all but its last seconds.
constexpr std::chrono::seconds between_hand_ons{5};

bool needs_keys(const storage::StoreLocation& location) {
  return std::holds_alternative<storage::S3Location>(location);
}

}  // namespace

Result<std::unique_ptr<ClaimStorage>> ClaimStorage::open(Context& context) {
  GOFLOW_TRY(std::string home, context.home());
  GOFLOW_TRY(const core::ClaimCheckSettings settings, claim_check_settings(context));
  GOFLOW_TRY(const storage::StoreLocation location, blob_location(context));
  std::optional<StoreKeys> keys;
  // What is not used need not be there.
  if (settings.enabled && needs_keys(location)) {
    GOFLOW_TRY(store_options(location, context));
    GOFLOW_TRY(keys, store_keys(context));
  }
  std::string record = storage::record_of(location, home);
  return std::unique_ptr<ClaimStorage>(
      new ClaimStorage(context, std::move(home), std::move(record), std::move(keys), settings));
}

ClaimStorage::ClaimStorage(Context& context,
                           std::string home,
                           std::string location,
                           std::optional<StoreKeys> keys,
                           const core::ClaimCheckSettings& settings)
    : context_(context),
      home_(std::move(home)),
      location_(std::move(location)),
      keys_(std::move(keys)),
      handed_on_at_(context.now()),
      claim_check_(settings, *this, metrics_, context.clock()) {}

ClaimStorage::~ClaimStorage() {
  hand_on_metrics();
}

/// Counting is nothing that a run should fail for: what cannot be written is kept.
void ClaimStorage::hand_on_metrics() {
  handed_on_at_ = context_.now();
  if (!metrics_.has_counted()) return;
  if (auto store = context_.claim_metrics()) static_cast<void>(metrics_.flush(**store));
}

void ClaimStorage::keep_keys_out_of(core::RunSecrets& secrets) const {
  if (!keys_) return;
  secrets.learn(keys_->access_key_id);
  secrets.learn(keys_->secret_access_key);
}

Result<core::BlobIndex*> ClaimStorage::index() {
  const std::lock_guard lock(mutex_);
  return open_index();
}

Result<core::ObjectStore*> ClaimStorage::store_at(const std::string& location) {
  const std::lock_guard lock(mutex_);
  if (context_.now() - handed_on_at_ >= between_hand_ons) hand_on_metrics();
  auto& store = stores_[location];
  if (!store) {
    GOFLOW_TRY(store, open_store(location));
  }
  return store.get();
}

Result<core::BlobIndex*> ClaimStorage::open_index() {
  if (!index_) {
    GOFLOW_TRY(storage::make_private_folder(home_));
    GOFLOW_TRY(index_, storage::open_blob_index(home_ + "/goflow.db", context_.clock()));
  }
  return index_.get();
}

Result<storage::StoreOptions> ClaimStorage::options_at(const storage::StoreLocation& location) {
  GOFLOW_TRY(storage::StoreOptions options, store_options(location, context_));
  if (!needs_keys(location)) return options;
  if (!keys_) {
    GOFLOW_TRY(keys_, store_keys(context_));
  }
  options.access_key_id = keys_->access_key_id.clone();
  options.secret_access_key = keys_->secret_access_key.clone();
  return options;
}

Result<std::unique_ptr<core::ObjectStore>> ClaimStorage::open_store(const std::string& location) {
  GOFLOW_TRY(const storage::StoreLocation parsed, storage::parse_location(location, home_));
  GOFLOW_TRY(storage::StoreOptions options, options_at(parsed));
  if (claim_check_.settings().cache_bytes > 0) options.cache = claim_check_.cache();
  GOFLOW_TRY(core::BlobIndex * index, open_index());
  GOFLOW_TRY(const bool is_expected, index->expects_objects(location));
  if (is_expected) options.missing_base = storage::MissingBase::lost;
  return storage::open_store(parsed, std::move(options), metrics_);
}

}  // namespace goflow::cli
