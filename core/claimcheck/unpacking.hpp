// Takes a blob apart a piece at a time, and compares it with what had been stored.
#pragma once

#include "core/base/result.hpp"
#include "core/claimcheck/blob_record.hpp"
#include "core/claimcheck/object_store.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace goflow::core {

/// Where a payload goes as it comes out. Only when all of it was read is it known to be right.
class PayloadSink {
 public:
  virtual ~PayloadSink() = default;
  /// So much is to come; what it was given so far is void.
  virtual Result<void> begin(std::uint64_t size_bytes) = 0;
  virtual Result<void> take(std::string_view bytes) = 0;
};

class MemorySink final : public PayloadSink {
 public:
  Result<void> begin(std::uint64_t size_bytes) override;
  Result<void> take(std::string_view bytes) override;
  std::string take_payload() { return std::move(payload_); }

 private:
  std::string payload_;
};

/// Into a file from its beginning; the descriptor outlives it.
class FileSink final : public PayloadSink {
 public:
  explicit FileSink(int descriptor) : descriptor_(descriptor) {}
  Result<void> begin(std::uint64_t size_bytes) override;
  Result<void> take(std::string_view bytes) override;

 private:
  int descriptor_;
};

/// For who only wants to know.
class NoSink final : public PayloadSink {
 public:
  Result<void> begin(std::uint64_t) override { return {}; }
  Result<void> take(std::string_view) override { return {}; }
};

enum class BlobCondition { intact, corrupt, missing };

struct Unpacking {
  BlobCondition condition = BlobCondition::missing;
  // Of one that is intact.
  Codec codec = Codec::none;
  std::uint64_t stored_bytes = 0;
};

/// Whatever its record says of its form: what fits the hash is right. An Error: the store could not
/// answer, or the sink could not take it.
Result<Unpacking> unpack(const BlobRecord& blob, ObjectStore& store, PayloadSink& sink);

}  // namespace goflow::core
