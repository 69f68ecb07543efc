#include "storage/blobs/curl_connections.hpp"

namespace goflow::storage {
namespace {

constexpr std::size_t most_idle = 8;

}  // namespace

CurlConnections::~CurlConnections() {
  for (const CurlHandles& handles : idle_) {
    end(handles);
  }
}

core::Result<const CurlLibrary*> CurlConnections::library() {
  const std::lock_guard lock(mutex_);
  if (curl_ == nullptr) {
    GOFLOW_TRY(curl_, curl_library());
  }
  return curl_;
}

CurlHandles CurlConnections::take() {
  const std::lock_guard lock(mutex_);
  if (idle_.empty()) return {curl_->multi_init(), curl_->easy_init()};
  const CurlHandles handles = idle_.back();
  idle_.pop_back();
  return handles;
}

void CurlConnections::give_back(const CurlHandles& handles) {
  // What it was told, the keys too, is gone with this.
  curl_->easy_reset(handles.easy);
  const std::lock_guard lock(mutex_);
  if (idle_.size() >= most_idle) return end(handles);
  idle_.push_back(handles);
}

void CurlConnections::end(const CurlHandles& handles) const {
  curl_->easy_cleanup(handles.easy);
  curl_->multi_cleanup(handles.multi);
}

}  // namespace goflow::storage
