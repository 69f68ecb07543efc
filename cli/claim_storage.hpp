// The claim check with all that it needs, plugged together as the settings say.
#pragma once

#include "cli/claim_settings.hpp"
#include "core/claimcheck/claim_check.hpp"
#include "core/claimcheck/metrics.hpp"
#include "core/secret/run_secrets.hpp"
#include "storage/blobs/open_store.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace goflow::cli {

class Context;

class ClaimStorage final : public core::BlobStorage {
 public:
  /// An Error: a setting is malformed, or what the kind of store needs is missing.
  static core::Result<std::unique_ptr<ClaimStorage>> open(Context& context);
  /// Hands on what was counted.
  ~ClaimStorage() override;
  ClaimStorage(const ClaimStorage&) = delete;
  ClaimStorage& operator=(const ClaimStorage&) = delete;

  [[nodiscard]] core::ClaimCheck& claim_check() { return claim_check_; }

  /// What new blobs are stored with is kept out of all that a run writes.
  void keep_keys_out_of(core::RunSecrets& secrets) const;

  core::Result<core::BlobIndex*> index() override;
  [[nodiscard]] std::string location() const override { return location_; }
  core::Result<core::ObjectStore*> store_at(const std::string& location) override;

 private:
  ClaimStorage(Context& context,
               std::string home,
               std::string location,
               std::optional<StoreKeys> keys,
               const core::ClaimCheckSettings& settings);

  core::Result<storage::StoreOptions> options_at(const storage::StoreLocation& location);
  core::Result<core::BlobIndex*> open_index();
  core::Result<std::unique_ptr<core::ObjectStore>> open_store(const std::string& location);
  void hand_on_metrics();

  Context& context_;
  std::string home_;
  std::string location_;
  std::optional<StoreKeys> keys_;  // looked up once
  std::mutex mutex_;
  core::ClaimMetrics metrics_;
  core::Timestamp handed_on_at_;
  std::unique_ptr<core::BlobIndex> index_;
  std::map<std::string, std::unique_ptr<core::ObjectStore>> stores_;  // by location
  core::ClaimCheck claim_check_;
};

}  // namespace goflow::cli
