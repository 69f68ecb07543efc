// A store that remembers what was read from it last.
#pragma once

#include "core/claimcheck/object_store.hpp"
#include "core/claimcheck/read_cache.hpp"
#include "core/claimcheck/transfer_observer.hpp"

#include <memory>

namespace goflow::storage {

/// 1. An object enters the cache when a stream of it was read to its end; until then it is passed
///    on as it comes. One that is larger than a quarter of the bound is passed on only.
/// 2. What is read from the cache is shared, not copied: it stays while somebody reads it.
/// 3. What was put or removed is forgotten, and no stream that was opened before brings anything
///    back.
class CachingStore final : public core::ObjectStore {
 public:
  /// The observer outlives it.
  CachingStore(std::unique_ptr<core::ObjectStore> store,
               std::shared_ptr<core::ReadCache> cache,
               core::TransferObserver& observer);

  core::Result<core::BlobKey> put(core::ByteSource& body, const core::PutInfo& info) override;
  core::Result<std::optional<core::ByteStream>> get(const core::BlobKey& key) override;
  core::Result<std::optional<core::ObjectStat>> stat(const core::BlobKey& key) override;
  core::Result<void> remove(const core::BlobKey& key) override;
  core::Result<void> health() override;
  core::Result<void> list_keys(const std::function<bool(const core::ObjectStat&)>& visit) override;

 private:
  class CopyingReader;

  std::unique_ptr<core::ObjectStore> store_;
  std::shared_ptr<core::ReadCache> cache_;  // streams add to it
  core::ReadCache::User user_;
  core::TransferObserver& observer_;
};

}  // namespace goflow::storage
