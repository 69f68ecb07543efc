// The claim check with all that it needs, plugged together as the settings say.
#pragma once

#include "core/claimcheck/claim_check.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace goflow::cli {

class Context;

class Uncounted final : public core::ClaimObserver {
 public:
  void on_offload(std::uint64_t) override {}
  void on_duplicate() override {}
  void on_written(std::uint64_t, std::uint64_t) override {}
};

/// Where blobs lie below the home, the record says so relative to it: a home can be moved.
class ClaimStorage final : public core::BlobStorage {
 public:
  /// An Error: a setting is malformed, or one that the kind of store needs is missing.
  static core::Result<std::unique_ptr<ClaimStorage>> open(Context& context);

  [[nodiscard]] core::ClaimCheck& claim_check() { return claim_check_; }

  core::Result<core::BlobIndex*> index() override;
  [[nodiscard]] std::string location() const override { return location_; }
  core::Result<core::ObjectStore*> store_at(const std::string& location) override;

 private:
  ClaimStorage(Context& context,
               std::string home,
               std::string location,
               const core::ClaimCheckSettings& settings);

  Context& context_;
  std::string home_;
  std::string location_;
  std::mutex mutex_;
  std::unique_ptr<core::BlobIndex> index_;
  std::map<std::string, std::unique_ptr<core::ObjectStore>> stores_;  // by location
  Uncounted observer_;
  core::ClaimCheck claim_check_;
};

}  // namespace goflow::cli
