#include "tests/support/memory_object_store.hpp"

#include <array>
#include <vector>

namespace goflow::test {
namespace {

using core::BlobKey;
using core::ObjectStat;
using core::Result;

Result<std::string> all_of(core::ByteSource& body) {
  GOFLOW_TRY(body.rewind());
  std::string bytes;
  std::array<char, 4096> piece{};
  while (true) {
    GOFLOW_TRY(const std::size_t count, body.read(piece));
    if (count == 0) break;
    bytes.append(piece.data(), count);
  }
  if (bytes.size() == body.size()) return bytes;
  return core::Error{core::ErrorCode::failed_precondition, "the body has another size"};
}

}  // namespace

Result<BlobKey> MemoryObjectStore::put(core::ByteSource& body, const core::PutInfo& info) {
  const core::Timestamp now = core::SystemClock().now();
  const std::lock_guard lock(mutex_);
  if (info.key) {
    const auto there = objects_.find(*info.key);
    if (there != objects_.end() && there->second.bytes.size() == body.size()) {
      there->second.modified = now;
      return there->first;
    }
  }
  GOFLOW_TRY(std::string bytes, all_of(body));
  const BlobKey key = info.key ? *info.key : BlobKey::of_content(core::sha256(bytes));
  objects_[key] = Object{std::move(bytes), now};
  return key;
}

Result<std::optional<core::ByteStream>> MemoryObjectStore::get(const BlobKey& key) {
  const std::lock_guard lock(mutex_);
  const auto there = objects_.find(key);
  if (there == objects_.end()) return std::optional<core::ByteStream>();
  return std::optional(core::memory_stream(there->second.bytes));
}

Result<std::optional<ObjectStat>> MemoryObjectStore::stat(const BlobKey& key) {
  const std::lock_guard lock(mutex_);
  const auto there = objects_.find(key);
  if (there == objects_.end()) return std::optional<ObjectStat>();
  return std::optional(ObjectStat{key, there->second.bytes.size(), there->second.modified});
}

Result<void> MemoryObjectStore::remove(const BlobKey& key) {
  const std::lock_guard lock(mutex_);
  objects_.erase(key);
  return {};
}

Result<void> MemoryObjectStore::list_keys(const std::function<bool(const ObjectStat&)>& visit) {
  std::vector<ObjectStat> objects;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [key, object] : objects_) {
      objects.push_back({key, object.bytes.size(), object.modified});
    }
  }
  for (const ObjectStat& object : objects) {
    if (!visit(object)) break;
  }
  return {};
}

}  // namespace goflow::test
