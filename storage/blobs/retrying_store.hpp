// A store that tries again what may go better another time.
#pragma once

#include "core/claimcheck/object_store.hpp"
#include "storage/blobs/retry_after.hpp"

#include <chrono>
#include <functional>
#include <memory>

namespace goflow::storage {

struct RetryPolicy {
  int attempts = 3;                                // in all
  std::chrono::milliseconds first_delay{200};      // about; doubled each time
  std::chrono::milliseconds longest_wait{10'000};  // that a service may ask for
  /// How it waits.
  std::function<void(std::chrono::milliseconds)> sleep = {};  // empty: as the thread does
};

/// An Error that is `unavailable` or `timed_out` may go better. A service that wants to be left
/// alone is, unless that would take too long: then the Error stands at once. A download that is
/// cut is taken up where it was, a listing goes on with the keys that were not visited yet.
class RetryingStore final : public core::ObjectStore {
 public:
  /// The store below writes down in `retry_after` what its service says.
  RetryingStore(std::unique_ptr<core::ObjectStore> store,
                std::shared_ptr<const RetryAfter> retry_after,
                RetryPolicy policy = RetryPolicy());

  core::Result<core::BlobKey> put(core::ByteSource& body, const core::PutInfo& info) override;
  core::Result<std::optional<core::ByteStream>> get(const core::BlobKey& key) override;
  core::Result<std::optional<core::ObjectStat>> stat(const core::BlobKey& key) override;
  core::Result<void> remove(const core::BlobKey& key) override;
  core::Result<void> health() override;
  core::Result<void> list_keys(const std::function<bool(const core::ObjectStat&)>& visit) override;

 private:
  class Attempts;
  class Reader;

  template <class Call>
  auto tried(Call call) -> decltype(call());

  std::unique_ptr<core::ObjectStore> store_;
  std::shared_ptr<const RetryAfter> retry_after_;
  RetryPolicy policy_;
};

}  // namespace goflow::storage
