// Keeps large values out of the history: puts their bytes into a blob store, and gets them again.
#pragma once

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/claimcheck/blob_index.hpp"
#include "core/claimcheck/claimed_value.hpp"
#include "core/claimcheck/compression.hpp"
#include "core/claimcheck/object_store.hpp"
#include "core/claimcheck/read_cache.hpp"
#include "core/claimcheck/spool.hpp"
#include "core/claimcheck/unpacking.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace goflow::core {

/// Where blobs are kept and registered, opened when they are needed.
class BlobStorage {
 public:
  virtual ~BlobStorage() = default;
  virtual Result<BlobIndex*> index() = 0;
  /// Where new blobs go, as it is recorded.
  [[nodiscard]] virtual std::string location() const = 0;
  /// Whichever location a blob was recorded in, even if new ones go elsewhere now.
  virtual Result<ObjectStore*> store_at(const std::string& location) = 0;
};

/// What is counted, beside what stores count.
class ClaimObserver {
 public:
  virtual ~ClaimObserver() = default;
  virtual void on_offload() = 0;
  /// It was there already.
  virtual void on_duplicate() = 0;
  virtual void on_written(std::uint64_t size_bytes, std::uint64_t stored_bytes) = 0;
  /// A value was asked for that had been read before.
  virtual void on_cache_hit() = 0;
};

struct ClaimCheckSettings {
  bool enabled = true;
  std::size_t threshold_bytes = 51'200;
  Compression compression = {};
  std::size_t cache_bytes = 64UL * 1024 * 1024;
  std::optional<std::chrono::milliseconds> ttl = std::nullopt;  // for what is said of expired blobs
};

/// Safe to use from several threads.
class ClaimCheck final : public ClaimReader {
 public:
  /// All that is given outlives it.
  ClaimCheck(ClaimCheckSettings settings,
             BlobStorage& storage,
             ClaimObserver& observer,
             const Clock& clock);

  [[nodiscard]] const ClaimCheckSettings& settings() const { return settings_; }
  /// With the last values that were read; stores keep in it what they have read.
  [[nodiscard]] const std::shared_ptr<ReadCache>& cache() const { return cache_; }

  struct Source {
    std::string execution_id = "manual";
    BlobOrigin origin = BlobOrigin::run;
    Encoding encoding = Encoding::json;
  };
  /// Its bytes lie in the store afterwards. The claim counts from when a record with it is written.
  Result<Claim> put(std::string_view payload, const Source& source);
  /// The same of what is too long for the memory.
  Result<Claim> put(const SpooledPayload& payload, const Source& source);
  /// How a body gets into the store, and who has one when it is needed.
  using Upload = std::function<Result<void>(ByteSource& body, Codec codec)>;
  using WithBody = std::function<Result<void>(const Upload& upload)>;

  /// The payload, checked against what is known of it.
  Result<std::string> get(const BlobKey& key);
  Result<void> get(const BlobKey& key, PayloadSink& sink);

  Result<Value> read(const Claim& claim, Encoding encoding) override;
  Result<void> copy(const Claim& claim, PayloadSink& sink) override { return get(claim.key, sink); }
  void note_read(std::weak_ptr<const ClaimedValue> value) override;
  /// Frees the memory of the values that were read, but for the last ones. Nobody may hold a
  /// reference into one of them.
  void let_go();

 private:
  Result<Claim> put(const Sha256Digest& hash,
                    std::uint64_t size_bytes,
                    const Source& source,
                    const WithBody& with_body);
  /// Sees to it that its bytes lie in the store that its record names.
  Result<void> bring(BlobIndex& index,
                     BlobRecord& record,
                     const Source& source,
                     const WithBody& with_body);
  /// Other records of the same payload whose bytes are gone.
  void heal(BlobIndex& index,
            const BlobDraft& draft,
            const BlobKey& key,
            const Source& source,
            const WithBody& with_body);
  Result<void> upload(BlobIndex& index,
                      ObjectStore& store,
                      BlobRecord& record,
                      ByteSource& body,
                      Codec codec,
                      const Source& source);
  /// Makes what lies in the store already the blob; false: it was not this payload, and is gone.
  Result<bool> adopt(BlobIndex& index, ObjectStore& store, BlobRecord& record);

  ClaimCheckSettings settings_;
  BlobStorage& storage_;
  ClaimObserver& observer_;
  const Clock& clock_;
  std::shared_ptr<ReadCache> cache_;
  ReadCache::User cache_user_;
  std::mutex mutex_;
  std::vector<std::weak_ptr<const ClaimedValue>> read_;
};

}  // namespace goflow::core
