// A store that tells how long its transfers take and what fails.
#pragma once

#include "core/claimcheck/object_store.hpp"
#include "core/claimcheck/transfer_observer.hpp"

#include <memory>

namespace goflow::storage {

class MeteredStore final : public core::ObjectStore {
 public:
  /// The observer outlives it and its streams.
  MeteredStore(std::unique_ptr<core::ObjectStore> store, core::TransferObserver& observer);

  core::Result<core::BlobKey> put(core::ByteSource& body, const core::PutInfo& info) override;
  core::Result<std::optional<core::ByteStream>> get(const core::BlobKey& key) override;
  core::Result<std::optional<core::ObjectStat>> stat(const core::BlobKey& key) override;
  core::Result<void> remove(const core::BlobKey& key) override;
  core::Result<void> health() override;
  core::Result<void> list_keys(const std::function<bool(const core::ObjectStat&)>& visit) override;

 private:
  /// The same result, and the failure told if it is one.
  template <class T>
  core::Result<T> told(std::string_view operation, core::Result<T> result);

  std::unique_ptr<core::ObjectStore> store_;
  core::TransferObserver& observer_;
};

}  // namespace goflow::storage
