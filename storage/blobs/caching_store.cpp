#include "storage/blobs/caching_store.hpp"

#include <utility>

namespace goflow::storage {
namespace {

using core::BlobKey;
using core::ByteStream;
using core::ObjectStat;
using core::Result;

using Bytes = std::shared_ptr<const std::string>;

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

/// The last objects that were read. Safe to use from several threads.
class CachingStore::Recent {
 public:
  explicit Recent(std::size_t limit) : limit_(limit) {}

  [[nodiscard]] std::size_t largest() const { return limit_ / 4; }

  /// nullptr: it is not there.
  Bytes find(const BlobKey& key) {
    const std::lock_guard lock(mutex_);
    const auto place = places_.find(key);
    if (place == places_.end()) return nullptr;
    objects_.splice(objects_.begin(), objects_, place->second);
    return place->second->bytes;
  }

  /// How often something was forgotten.
  std::uint64_t forgotten() {
    const std::lock_guard lock(mutex_);
    return forgotten_;
  }

  /// `forgotten`: of the time when the reading began. What may have changed since is not kept.
  void add(const BlobKey& key, std::string bytes, std::uint64_t forgotten) {
    const std::lock_guard lock(mutex_);
    if (forgotten != forgotten_ || places_.contains(key)) return;
    size_ += bytes.size();
    objects_.push_front({key, std::make_shared<const std::string>(std::move(bytes))});
    places_[key] = objects_.begin();
    while (size_ > limit_) {
      drop(places_.find(objects_.back().key));
    }
  }

  void forget(const BlobKey& key) {
    const std::lock_guard lock(mutex_);
    ++forgotten_;
    const auto place = places_.find(key);
    if (place != places_.end()) drop(place);
  }

 private:
  struct Object {
    BlobKey key;
    Bytes bytes;
  };
  using Objects = std::list<Object>;
  using Places = std::map<BlobKey, Objects::iterator>;

  void drop(Places::iterator place) {
    size_ -= place->second->bytes->size();
    objects_.erase(place->second);
    places_.erase(place);
  }

  const std::size_t limit_;
  std::mutex mutex_;
  std::size_t size_ = 0;
  std::uint64_t forgotten_ = 0;
  Objects objects_;  // the last used first
  Places places_;
};

/// Passes on what it reads, and keeps a copy for the cache.
class CachingStore::CopyingReader final : public core::ByteReader {
 public:
  CopyingReader(BlobKey key, ByteStream stream, std::shared_ptr<Recent> recent, std::uint64_t now)
      : key_(std::move(key)),
        stream_(std::move(stream)),
        recent_(std::move(recent)),
        forgotten_(now) {}

  Result<std::size_t> read(std::span<char> buffer) override {
    GOFLOW_TRY(const std::size_t count, stream_.read(buffer));
    if (recent_ == nullptr || buffer.empty()) return count;
    if (count == 0) {
      recent_->add(key_, std::move(copy_), forgotten_);
      recent_.reset();
    } else if (copy_.size() + count > recent_->largest()) {
      copy_ = std::string();
      recent_.reset();
    } else {
      copy_.append(buffer.data(), count);
    }
    return count;
  }

 private:
  BlobKey key_;
  ByteStream stream_;
  std::shared_ptr<Recent> recent_;  // nullptr: it is of no use to the cache
  std::uint64_t forgotten_;
  std::string copy_;
};

CachingStore::CachingStore(std::unique_ptr<core::ObjectStore> store,
                           std::size_t limit,
                           core::TransferObserver& observer)
    : store_(std::move(store)), recent_(std::make_shared<Recent>(limit)), observer_(observer) {}

Result<BlobKey> CachingStore::put(core::ByteSource& body, const core::PutInfo& info) {
  auto stored = store_->put(body, info);
  if (stored) recent_->forget(*stored);
  return stored;
}

Result<std::optional<ByteStream>> CachingStore::get(const BlobKey& key) {
  if (Bytes bytes = recent_->find(key)) {
    observer_.on_cache_hit();
    return std::optional(ByteStream(std::make_unique<SharedReader>(std::move(bytes))));
  }
  const std::uint64_t forgotten = recent_->forgotten();
  GOFLOW_TRY(auto stream, store_->get(key));
  if (!stream) return std::optional<ByteStream>();
  return std::optional(
      ByteStream(std::make_unique<CopyingReader>(key, *std::move(stream), recent_, forgotten)));
}

Result<std::optional<ObjectStat>> CachingStore::stat(const BlobKey& key) {
  return store_->stat(key);
}

Result<void> CachingStore::remove(const BlobKey& key) {
  auto removed = store_->remove(key);
  recent_->forget(key);
  return removed;
}

Result<void> CachingStore::health() {
  return store_->health();
}

Result<void> CachingStore::list_keys(const std::function<bool(const ObjectStat&)>& visit) {
  return store_->list_keys(visit);
}

}  // namespace goflow::storage
