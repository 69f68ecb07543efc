#include "storage/blobs/metered_store.hpp"

#include <chrono>
#include <utility>

namespace goflow::storage {
namespace {

using core::BlobKey;
using core::ByteStream;
using core::ObjectStat;
using core::Result;
using std::chrono::microseconds;

class Stopwatch {
 public:
  [[nodiscard]] microseconds elapsed() const {
    return std::chrono::duration_cast<microseconds>(std::chrono::steady_clock::now() - begin_);
  }

 private:
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

/// Adds up the time that reading takes, and tells it once, at the end.
class TimedReader final : public core::ByteReader {
 public:
  TimedReader(ByteStream stream, microseconds spent, core::TransferObserver& observer)
      : stream_(std::move(stream)), spent_(spent), observer_(observer) {}

  Result<std::size_t> read(std::span<char> buffer) override {
    const Stopwatch watch;
    auto count = stream_.read(buffer);
    spent_ += watch.elapsed();
    const bool is_end = count.ok() && *count == 0 && !buffer.empty();
    if (!is_told_ && !count) observer_.on_failure("get");
    if (!is_told_ && is_end) observer_.on_download(spent_);
    is_told_ = is_told_ || is_end || !count;
    return count;
  }

 private:
  ByteStream stream_;
  microseconds spent_;
  core::TransferObserver& observer_;
  bool is_told_ = false;
};

}  // namespace

MeteredStore::MeteredStore(std::unique_ptr<core::ObjectStore> store,
                           core::TransferObserver& observer)
    : store_(std::move(store)), observer_(observer) {}

template <class T>
Result<T> MeteredStore::told(std::string_view operation, Result<T> result) {
  if (!result) observer_.on_failure(operation);
  return result;
}

Result<BlobKey> MeteredStore::put(core::ByteSource& body, const core::PutInfo& info) {
  const Stopwatch watch;
  auto stored = told("put", store_->put(body, info));
  if (stored) observer_.on_upload(watch.elapsed());
  return stored;
}

Result<std::optional<ByteStream>> MeteredStore::get(const BlobKey& key) {
  const Stopwatch watch;
  GOFLOW_TRY(auto stream, told("get", store_->get(key)));
  if (!stream) return std::optional<ByteStream>();
  return std::optional(
      ByteStream(std::make_unique<TimedReader>(*std::move(stream), watch.elapsed(), observer_)));
}

Result<std::optional<ObjectStat>> MeteredStore::stat(const BlobKey& key) {
  return told("stat", store_->stat(key));
}

Result<void> MeteredStore::remove(const BlobKey& key) {
  return told("delete", store_->remove(key));
}

Result<void> MeteredStore::health() {
  return told("health", store_->health());
}

Result<void> MeteredStore::list_keys(const std::function<bool(const ObjectStat&)>& visit) {
  return told("list", store_->list_keys(visit));
}

}  // namespace goflow::storage
