// Blobs in a bucket of Cloudflare R2 or of any other service that speaks S3.
#pragma once

#include "core/claimcheck/object_store.hpp"
#include "storage/blobs/retry_after.hpp"
#include "storage/blobs/s3_answers.hpp"
#include "storage/blobs/s3_client.hpp"

#include <memory>
#include <string>

namespace goflow::storage {

struct S3Place {
  std::string bucket;
  std::string prefix = {};  // stands before each key as it is, so that it usually ends in '/'
};

/// Each call is one request, except that put() asks first whether the object is there, and a
/// listing asks for page after page. Nothing is tried again here. An Error is `unavailable` or
/// `timed_out` when another try may go better. S3 has no way to refresh an object: when it was
/// last wanted is for the register of blobs to say.
class S3Store final : public core::ObjectStore {
 public:
  /// Nothing is asked before the first call. What the service says of when to come again goes to
  /// `retry_after`.
  S3Store(S3Service service, S3Place place, std::shared_ptr<RetryAfter> retry_after);

  core::Result<core::BlobKey> put(core::ByteSource& body, const core::PutInfo& info) override;
  core::Result<std::optional<core::ByteStream>> get(const core::BlobKey& key) override;
  core::Result<std::optional<core::ObjectStat>> stat(const core::BlobKey& key) override;
  core::Result<void> remove(const core::BlobKey& key) override;
  core::Result<void> health() override;
  core::Result<void> list_keys(const std::function<bool(const core::ObjectStat&)>& visit) override;

 private:
  using Answer = std::unique_ptr<S3Answer>;

  [[nodiscard]] std::string path_of(const core::BlobKey& key) const;
  core::Result<Answer> ask(std::string_view operation, const S3Request& request);
  core::Error failure(std::string_view operation, S3Answer& answer);
  core::Error failure(std::string_view operation, S3Answer& answer, const ServiceFault& fault);
  /// An object of this size.
  core::Result<bool> has(const core::BlobKey& key, std::uint64_t size);
  core::Result<void> upload(core::ByteSource& body,
                            const core::PutInfo& info,
                            const core::BlobKey& key,
                            const core::Sha256Digest& hash);
  core::Result<std::string> page(const std::optional<std::string>& token);

  S3Client client_;
  const S3Place place_;
  const std::shared_ptr<RetryAfter> retry_after_;
};

}  // namespace goflow::storage
