// How often a store told its observer of what.
#pragma once

#include "core/claimcheck/transfer_observer.hpp"

#include <atomic>
#include <mutex>
#include <string>
#include <vector>

namespace goflow::test {

class TransferCounts final : public core::TransferObserver {
 public:
  void on_upload(std::chrono::microseconds duration) override {
    ++uploads;
    longest = std::max(longest.load(), duration);
  }
  void on_download(std::chrono::microseconds duration) override {
    ++downloads;
    longest = std::max(longest.load(), duration);
  }
  void on_cache_hit() override { ++cache_hits; }
  void on_failure(std::string_view operation) override {
    const std::lock_guard lock(mutex_);
    failures.emplace_back(operation);
  }

  std::atomic<int> uploads = 0;
  std::atomic<int> downloads = 0;
  std::atomic<int> cache_hits = 0;
  std::atomic<std::chrono::microseconds> longest{};
  std::vector<std::string> failures = {};

 private:
  std::mutex mutex_;
};

}  // namespace goflow::test
