// Blobs in memory: the smallest store that keeps the contract.
#pragma once

#include "core/claimcheck/object_store.hpp"

#include <map>
#include <mutex>

namespace goflow::test {

class MemoryObjectStore final : public core::ObjectStore {
 public:
  core::Result<core::BlobKey> put(core::ByteSource& body, const core::PutInfo& info) override;
  core::Result<std::optional<core::ByteStream>> get(const core::BlobKey& key) override;
  core::Result<std::optional<core::ObjectStat>> stat(const core::BlobKey& key) override;
  core::Result<void> remove(const core::BlobKey& key) override;
  core::Result<void> health() override { return {}; }
  core::Result<void> list_keys(const std::function<bool(const core::ObjectStat&)>& visit) override;

 private:
  struct Object {
    std::string bytes;
    core::Timestamp modified;
  };

  std::mutex mutex_;
  std::map<core::BlobKey, Object> objects_;
};

}  // namespace goflow::test
