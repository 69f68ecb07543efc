#include "storage/blobs/open_store.hpp"

#include "storage/blobs/caching_store.hpp"
#include "storage/blobs/metered_store.hpp"
#include "storage/blobs/retrying_store.hpp"
#include "storage/blobs/s3_store.hpp"

#include <utility>

namespace goflow::storage {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;
using Store = std::unique_ptr<core::ObjectStore>;

bool is_region(const std::string& region) {
  constexpr std::string_view characters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-";
  return !region.empty() && region.find_first_not_of(characters) == std::string::npos;
}

Error no_key(const std::string& endpoint, const std::string& what, const std::string& entry) {
  return Error{ErrorCode::credential,
               "there is no " + what + " for the blob store at '" + endpoint + "'"}
      .with_hint("keep it: goflow cred set " + entry);
}

Result<void> check_service(const S3Service& service) {
  if (!is_region(service.region)) {
    return Error{ErrorCode::invalid_argument,
                 "'" + service.region + "' is no region of a blob store"}
        .with_hint("'auto' is right for R2; S3 has names such as eu-central-1");
  }
  if (service.access_key_id.empty()) {
    return no_key(service.endpoint, "access key id", "blob-storage/access-key-id");
  }
  if (service.secret_access_key.empty()) {
    return no_key(service.endpoint, "secret access key", "blob-storage/secret-access-key");
  }
  return {};
}

Result<Store> open_bucket(const S3Location& location, StoreOptions options) {
  S3Service service{.endpoint = location.endpoint,
                    .region = std::move(options.region),
                    .access_key_id = std::move(options.access_key_id),
                    .secret_access_key = std::move(options.secret_access_key),
                    .proxy = std::move(options.proxy),
                    .proxy_exceptions = std::move(options.proxy_exceptions),
                    .certificates = std::move(options.certificates)};
  GOFLOW_TRY(check_service(service));
  auto retry_after = std::make_shared<RetryAfter>();
  auto bucket = std::make_unique<S3Store>(
      std::move(service), S3Place{location.bucket, location.prefix}, retry_after);
  return Store(std::make_unique<RetryingStore>(std::move(bucket), std::move(retry_after)));
}

/// A disk that is full or refuses does not change its mind within a second: it is not asked again.
Store open_folder(const FilesystemLocation& location, MissingBase missing) {
  return std::make_unique<FilesystemStore>(location.base, missing);
}

}  // namespace

Result<Store> open_store(const StoreLocation& location,
                         StoreOptions options,
                         core::TransferObserver& observer) {
  GOFLOW_TRY(const StoreLocation place, checked(location));
  std::shared_ptr<core::ReadCache> cache = std::move(options.cache);
  Store store;
  if (const auto* folder = std::get_if<FilesystemLocation>(&place)) {
    store = open_folder(*folder, options.missing_base);
  } else {
    GOFLOW_TRY(store, open_bucket(std::get<S3Location>(place), std::move(options)));
  }
  store = std::make_unique<MeteredStore>(std::move(store), observer);
  if (cache == nullptr) return store;
  return Store(std::make_unique<CachingStore>(std::move(store), std::move(cache), observer));
}

}  // namespace goflow::storage
