// Connections that were used and may be used again, each by one transfer at a time.
#pragma once

#include "storage/blobs/curl_library.hpp"

#include <mutex>
#include <vector>

namespace goflow::storage {

/// Two handles of libcurl's that belong together: a transfer, and the connections it may use.
struct CurlHandles {
  CURLM* multi = nullptr;
  CURL* easy = nullptr;
};

/// Safe to use from several threads.
class CurlConnections {
 public:
  CurlConnections() = default;
  ~CurlConnections();
  CurlConnections(const CurlConnections&) = delete;
  CurlConnections& operator=(const CurlConnections&) = delete;

  /// Loaded at the first call, which comes before all others.
  core::Result<const CurlLibrary*> library();
  CurlHandles take();
  /// The transfer is over and has left the multi handle.
  void give_back(const CurlHandles& handles);

 private:
  void end(const CurlHandles& handles) const;

  std::mutex mutex_;
  const CurlLibrary* curl_ = nullptr;
  std::vector<CurlHandles> idle_;
};

}  // namespace goflow::storage
