// Who is told what blob stores do: how long transfers take, and what fails.
#pragma once

#include <chrono>
#include <string_view>

namespace goflow::core {

/// Called from whichever thread does the work, so it has to be safe in several.
class TransferObserver {
 public:
  virtual ~TransferObserver() = default;
  /// What was put is in the store, tries that failed included.
  virtual void on_upload(std::chrono::microseconds duration) = 0;
  /// An object was read to its end. Time in which its reader did other things does not count.
  virtual void on_download(std::chrono::microseconds duration) = 0;
  /// An object was asked for that had been downloaded before.
  virtual void on_cache_hit() = 0;
  /// `operation`: put, get, stat, delete, list or health.
  virtual void on_failure(std::string_view operation) = 0;
};

}  // namespace goflow::core
