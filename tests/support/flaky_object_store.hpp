// A store in memory that fails as it was told.
#pragma once

#include "tests/support/memory_object_store.hpp"

#include <deque>
#include <memory>

namespace goflow::test {

/// For one thread at a time.
class FlakyObjectStore final : public core::ObjectStore {
 public:
  /// What the next calls answer instead, one each; nullopt: what is right.
  std::deque<std::optional<core::Error>> failures = {};
  /// After so many bytes the next streams end with an Error, one each.
  std::deque<std::size_t> cuts = {};
  int calls = 0;

  MemoryObjectStore& inside() { return store_; }

  core::Result<core::BlobKey> put(core::ByteSource& body, const core::PutInfo& info) override {
    // It fails when the body is half sent.
    auto failure = next_failure();
    std::array<char, 3> piece{};
    if (failure && body.read(piece)) return *failure;
    return store_.put(body, info);
  }
  core::Result<std::optional<core::ByteStream>> get(const core::BlobKey& key) override {
    if (auto failure = next_failure()) return *failure;
    auto stream = store_.get(key);
    if (cuts.empty() || !stream || !*stream) return stream;
    const std::size_t left = cuts.front();
    cuts.pop_front();
    return std::optional(core::ByteStream(std::make_unique<CutReader>(**std::move(stream), left)));
  }
  core::Result<std::optional<core::ObjectStat>> stat(const core::BlobKey& key) override {
    if (auto failure = next_failure()) return *failure;
    return store_.stat(key);
  }
  core::Result<void> remove(const core::BlobKey& key) override {
    if (auto failure = next_failure()) return *failure;
    return store_.remove(key);
  }
  core::Result<void> health() override {
    if (auto failure = next_failure()) return *failure;
    return store_.health();
  }
  /// It fails after the second key.
  core::Result<void> list_keys(const std::function<bool(const core::ObjectStat&)>& visit) override {
    const auto failure = next_failure();
    int visits = 0;
    GOFLOW_TRY(store_.list_keys([&](const core::ObjectStat& object) {
      return (!failure || ++visits <= 2) && visit(object);
    }));
    if (failure) return *failure;
    return {};
  }

 private:
  class CutReader final : public core::ByteReader {
   public:
    CutReader(core::ByteStream stream, std::size_t left)
        : stream_(std::move(stream)), left_(left) {}
    core::Result<std::size_t> read(std::span<char> buffer) override {
      if (left_ == 0) return core::Error{core::ErrorCode::unavailable, "the line was cut"};
      GOFLOW_TRY(const std::size_t count,
                 stream_.read(buffer.first(std::min(left_, buffer.size()))));
      left_ -= count;
      return count;
    }

   private:
    core::ByteStream stream_;
    std::size_t left_;
  };

  std::optional<core::Error> next_failure() {
    ++calls;
    if (failures.empty()) return std::nullopt;
    auto failure = std::move(failures.front());
    failures.pop_front();
    return failure;
  }

  MemoryObjectStore store_;
};

}  // namespace goflow::test
