#include "storage/blobs/caching_store.hpp"

#include <utility>

namespace goflow::storage {
namespace {

using core::BlobKey;
using core::ByteStream;
using core::ObjectStat;
using core::Result;

using Bytes = core::ReadCache::Bytes;

/// Bytes that others read as well.
class SharedReader final : public core::ByteReader {
 public:
  explicit SharedReader(Bytes bytes) : bytes_(std::move(bytes)), source_(*bytes_) {}
  Result<std::size_t> read(std::span<char> buffer) override { return source_.read(buffer); }

 private:
  Bytes bytes_;
  core::MemorySource source_;
};

}  // namespace

/// Passes on what it reads, and keeps a copy for the cache.
class CachingStore::CopyingReader final : public core::ByteReader {
 public:
  CopyingReader(core::ReadCache::Name name,
                ByteStream stream,
                std::shared_ptr<core::ReadCache> cache,
                std::uint64_t now)
      : name_(std::move(name)),
        stream_(std::move(stream)),
        cache_(std::move(cache)),
        forgotten_(now) {}

  Result<std::size_t> read(std::span<char> buffer) override {
    GOFLOW_TRY(const std::size_t count, stream_.read(buffer));
    if (cache_ == nullptr || buffer.empty()) return count;
    if (count == 0) {
      keep();
      cache_.reset();
    } else if (copy_.size() + count > cache_->largest()) {
      copy_ = std::string();
      cache_.reset();
    } else {
      copy_.append(buffer.data(), count);
    }
    return count;
  }

 private:
  void keep() {
    const std::size_t size = copy_.size();
    cache_->add(name_, std::make_shared<const std::string>(std::move(copy_)), size, forgotten_);
  }

  core::ReadCache::Name name_;
  ByteStream stream_;
  std::shared_ptr<core::ReadCache> cache_;  // nullptr: it is of no use to the cache
  std::uint64_t forgotten_;
  std::string copy_;
};

CachingStore::CachingStore(std::unique_ptr<core::ObjectStore> store,
                           std::shared_ptr<core::ReadCache> cache,
                           core::TransferObserver& observer)
    : store_(std::move(store)),
      cache_(std::move(cache)),
      user_(cache_->new_user()),
      observer_(observer) {}

Result<BlobKey> CachingStore::put(core::ByteSource& body, const core::PutInfo& info) {
  auto stored = store_->put(body, info);
  if (stored) cache_->forget({user_, *stored});
  return stored;
}

Result<std::optional<ByteStream>> CachingStore::get(const BlobKey& key) {
  core::ReadCache::Name name{user_, key};
  if (auto known = cache_->find(name)) {
    observer_.on_cache_hit();
    return std::optional(
        ByteStream(std::make_unique<SharedReader>(std::get<Bytes>(*std::move(known)))));
  }
  const std::uint64_t forgotten = cache_->forgotten();
  GOFLOW_TRY(auto stream, store_->get(key));
  if (!stream) return std::optional<ByteStream>();
  return std::optional(ByteStream(
      std::make_unique<CopyingReader>(std::move(name), *std::move(stream), cache_, forgotten)));
}

Result<std::optional<ObjectStat>> CachingStore::stat(const BlobKey& key) {
  return store_->stat(key);
}

Result<void> CachingStore::remove(const BlobKey& key) {
  auto removed = store_->remove(key);
  cache_->forget({user_, key});
  return removed;
}

Result<void> CachingStore::health() {
  return store_->health();
}

Result<void> CachingStore::list_keys(const std::function<bool(const ObjectStat&)>& visit) {
  return store_->list_keys(visit);
}

}  // namespace goflow::storage
