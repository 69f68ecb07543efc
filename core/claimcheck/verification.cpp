#include "core/claimcheck/verification.hpp"

#include "core/base/sha256.hpp"
#include "core/claimcheck/compression.hpp"

#include <array>
#include <string>
#include <utility>

namespace goflow::core {
namespace {

constexpr std::size_t piece_size = 64UL * 1024;

/// A payload as it comes out of its stored form; nullopt: it was found to be another.
class Reading {
 public:
  Reading(const BlobRecord& blob, Codec codec)
      : blob_(blob),
        decompressor_(codec == Codec::none ? nullptr : make_decompressor(codec, blob.size_bytes)) {}

  /// false: this cannot be it.
  bool add(std::string_view stored) {
    if (!decompressor_) return add_payload(stored);
    std::string payload;
    return decompressor_->add(stored, payload).ok() && add_payload(payload);
  }
  bool finish() {
    std::string rest;
    if (decompressor_ && !(decompressor_->finish(rest).ok() && add_payload(rest))) return false;
    return size_ == blob_.size_bytes && to_hex(hash_.finish()) == blob_.sha256;
  }

 private:
  bool add_payload(std::string_view payload) {
    hash_.update(payload);
    size_ += payload.size();
    return size_ <= blob_.size_bytes;
  }

  const BlobRecord& blob_;
  std::unique_ptr<Transcoder> decompressor_;
  Sha256 hash_;
  std::uint64_t size_ = 0;
};

/// Whether it is the payload if its beginning is believed, or if it is taken as it is.
enum class Belief { by_beginning, as_it_is };

Result<bool> is_payload(ByteStream stored, const BlobRecord& blob, Belief belief) {
  std::array<char, piece_size> buffer{};
  std::optional<Reading> reading;
  for (;;) {
    GOFLOW_TRY(const std::size_t count, stored.read(buffer));
    const std::string_view piece(buffer.data(), count);
    if (!reading) {
      reading.emplace(blob, belief == Belief::as_it_is ? Codec::none : codec_by_magic(piece));
    }
    if (count == 0) return reading->finish();
    if (!reading->add(piece)) return false;
  }
}

}  // namespace

Result<BlobCondition> condition_of(const BlobRecord& blob, ObjectStore& store) {
  for (const Belief belief : {Belief::by_beginning, Belief::as_it_is}) {
    GOFLOW_TRY(auto stored, store.get(blob.key));
    if (!stored) return BlobCondition::missing;
    GOFLOW_TRY(const bool is_it, is_payload(*std::move(stored), blob, belief));
    if (is_it) return BlobCondition::intact;
  }
  return BlobCondition::corrupt;
}

}  // namespace goflow::core
