#include "storage/blobs/retrying_store.hpp"

#include <algorithm>
#include <array>
#include <random>
#include <set>
#include <thread>
#include <utility>

namespace goflow::storage {
namespace {

using core::BlobKey;
using core::ByteStream;
using core::Error;
using core::ErrorCode;
using core::ObjectStat;
using core::Result;
using std::chrono::milliseconds;

bool may_go_better(const Error& error) {
  return error.code == ErrorCode::unavailable || error.code == ErrorCode::timed_out;
}

/// Half of it to one and a half: those who failed together shall not come back together.
milliseconds jittered(milliseconds delay) {
  std::random_device chance;
  std::uniform_int_distribution<milliseconds::rep> spread(delay.count() / 2, delay.count() * 3 / 2);
  return milliseconds(spread(chance));
}

void sleep_in_thread(milliseconds time) {
  std::this_thread::sleep_for(time);
}

}  // namespace

/// Of one call, the reading of what it gave included.
class RetryingStore::Attempts {
 public:
  Attempts(const RetryPolicy& policy, const RetryAfter& retry_after)
      : policy_(policy), retry_after_(retry_after), delay_(policy.first_delay) {}

  /// Whether to try again; then the time for it has come.
  bool again_after(const Error& error) {
    if (!may_go_better(error) || ++made_ >= policy_.attempts) return false;
    const milliseconds asked = retry_after_.remaining();
    if (asked > policy_.longest_wait) return false;
    policy_.sleep(std::max(jittered(delay_), asked));
    delay_ *= 2;
    return true;
  }

 private:
  const RetryPolicy& policy_;
  const RetryAfter& retry_after_;
  milliseconds delay_;
  int made_ = 0;
};

template <class Call>
auto RetryingStore::tried(Call call) -> decltype(call()) {
  Attempts attempts(policy_, *retry_after_);
  while (true) {
    auto result = call();
    if (result.ok() || !attempts.again_after(result.error())) return result;
  }
}

/// Reads on in another download where the last one was cut.
class RetryingStore::Reader final : public core::ByteReader {
 public:
  Reader(core::ObjectStore& store, BlobKey key, ByteStream stream, Attempts attempts)
      : store_(store), key_(std::move(key)), stream_(std::move(stream)), attempts_(attempts) {}

  Result<std::size_t> read(std::span<char> buffer) override {
    while (true) {
      auto count = read_on(buffer);
      if (count) position_ += *count;
      if (count || !attempts_.again_after(count.error())) return count;
      stream_.reset();
    }
  }

 private:
  Result<std::size_t> read_on(std::span<char> buffer) {
    if (!stream_) GOFLOW_TRY(begin_again());
    return stream_->read(buffer);
  }

  Result<void> begin_again() {
    GOFLOW_TRY(stream_, store_.get(key_));
    if (!stream_) return Error{ErrorCode::not_found, "the object is gone while it is read"};
    std::array<char, 64UL * 1024> piece;  // NOLINT(cppcoreguidelines-pro-type-member-init)
    for (std::uint64_t left = position_; left > 0;) {
      const std::size_t wanted = std::min<std::uint64_t>(left, piece.size());
      GOFLOW_TRY(const std::size_t count, stream_->read(std::span(piece).first(wanted)));
      if (count == 0) return Error{ErrorCode::not_found, "the object is another while it is read"};
      left -= count;
    }
    return {};
  }

  core::ObjectStore& store_;
  BlobKey key_;
  std::optional<ByteStream> stream_;
  Attempts attempts_;
  std::uint64_t position_ = 0;
};

RetryingStore::RetryingStore(std::unique_ptr<core::ObjectStore> store,
                             std::shared_ptr<const RetryAfter> retry_after,
                             RetryPolicy policy)
    : store_(std::move(store)), retry_after_(std::move(retry_after)), policy_(std::move(policy)) {
  if (!policy_.sleep) policy_.sleep = sleep_in_thread;
}

Result<BlobKey> RetryingStore::put(core::ByteSource& body, const core::PutInfo& info) {
  // A store reads the body from its front each time.
  return tried([&] { return store_->put(body, info); });
}

Result<std::optional<ByteStream>> RetryingStore::get(const BlobKey& key) {
  Attempts attempts(policy_, *retry_after_);
  while (true) {
    auto stream = store_->get(key);
    if (stream && *stream) {
      auto reader = std::make_unique<Reader>(*store_, key, **std::move(stream), attempts);
      return std::optional(ByteStream(std::move(reader)));
    }
    if (stream || !attempts.again_after(stream.error())) return stream;
  }
}

Result<std::optional<ObjectStat>> RetryingStore::stat(const BlobKey& key) {
  return tried([&] { return store_->stat(key); });
}

Result<void> RetryingStore::remove(const BlobKey& key) {
  return tried([&] { return store_->remove(key); });
}

Result<void> RetryingStore::health() {
  return tried([&] { return store_->health(); });
}

Result<void> RetryingStore::list_keys(const std::function<bool(const ObjectStat&)>& visit) {
  std::set<BlobKey> visited;
  return tried([&] {
    return store_->list_keys([&](const ObjectStat& object) {
      return !visited.insert(object.key).second || visit(object);
    });
  });
}

}  // namespace goflow::storage
