// The one place where a blob store is put together: with its retries, its counting and its cache.
#pragma once

#include "core/claimcheck/object_store.hpp"
#include "core/claimcheck/read_cache.hpp"
#include "core/claimcheck/transfer_observer.hpp"
#include "core/secret/secret.hpp"
#include "storage/blobs/filesystem_store.hpp"
#include "storage/blobs/s3_client.hpp"
#include "storage/blobs/store_location.hpp"

#include <memory>
#include <string>

namespace goflow::storage {

struct StoreOptions {
  std::shared_ptr<core::ReadCache> cache = nullptr;  // nullptr: what is read is not remembered

  // For the file system.
  MissingBase missing_base = MissingBase::fine;

  // For S3; see S3Service.
  std::string region = "auto";
  core::Secret access_key_id = {};
  core::Secret secret_access_key = {};
  std::string proxy = {};
  std::string proxy_exceptions = {};
  std::string certificates = {};
};

/// Nothing is asked of the store yet. `credential`: the service wants keys, and there are none. The
/// observer outlives the store and its streams.
core::Result<std::unique_ptr<core::ObjectStore>> open_store(const StoreLocation& location,
                                                            StoreOptions options,
                                                            core::TransferObserver& observer);

}  // namespace goflow::storage
