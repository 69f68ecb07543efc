// A write-once store of immutable objects. What they mean is nothing to it.
#pragma once

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/claimcheck/blob_key.hpp"
#include "core/claimcheck/byte_stream.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace goflow::core {

/// What a store may note beside an object. Only `key` changes what it does.
struct PutInfo {
  std::optional<BlobKey> key = std::nullopt;  // nullopt: that of the bytes as they are
  std::string content_type = "application/octet-stream";
  std::string sha256 = {};              // of the payload: what it was before compression
  std::uint64_t original_size = 0;      // of the payload
  std::string execution_id = "manual";  // who stored it first
};

struct ObjectStat {
  BlobKey key;
  std::uint64_t size = 0;  // as it lies in the store
  Timestamp modified;
};

/// Safe to call from several threads; calls may take long.
class ObjectStore {
 public:
  virtual ~ObjectStore() = default;
  /// Whole or not at all. An object that is there already, of the same size, is refreshed if the
  /// store can do that, and no bytes are moved; one of another size is replaced. The body is read
  /// from its front, wherever it was left.
  virtual Result<BlobKey> put(ByteSource& body, const PutInfo& info) = 0;
  /// nullopt: there is no such object. An Error: the store could not answer. The store outlives the
  /// stream.
  virtual Result<std::optional<ByteStream>> get(const BlobKey& key) = 0;
  virtual Result<std::optional<ObjectStat>> stat(const BlobKey& key) = 0;
  /// Removing what is not there succeeds.
  virtual Result<void> remove(const BlobKey& key) = 0;
  /// Whether it can be written to and read from; changes nothing that stays.
  virtual Result<void> health() = 0;
  /// Page by page, in no promised order; stops when `visit` returns false.
  virtual Result<void> list_keys(const std::function<bool(const ObjectStat&)>& visit) = 0;
};

}  // namespace goflow::core
