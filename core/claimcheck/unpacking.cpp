#include "core/claimcheck/unpacking.hpp"

#include "core/base/sha256.hpp"
#include "core/base/temporary_file.hpp"
#include "core/claimcheck/compression.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <optional>
#include <utility>

namespace goflow::core {
namespace {

constexpr std::size_t piece_size = 64UL * 1024;
// What a text grows to that is compressed so far still fits the cache of a processor.
constexpr std::size_t bite_size = 8UL * 1024;
constexpr std::uint64_t enough_at_once = 64UL * 1024 * 1024;

Error cannot_write() {
  return Error{ErrorCode::unavailable, "cannot write what was read: " + errno_text(errno)};
}

/// A payload as it comes out of one form.
class Reading {
 public:
  Reading(const BlobRecord& blob, Codec codec, PayloadSink& sink)
      : blob_(blob), codec_(codec), sink_(sink) {
    if (codec != Codec::none) decompressor_ = make_decompressor(codec, blob.size_bytes);
  }

  [[nodiscard]] Codec codec() const { return codec_; }
  [[nodiscard]] std::uint64_t stored_bytes() const { return stored_bytes_; }

  /// false: this cannot be it.
  Result<bool> add(std::string_view stored) {
    stored_bytes_ += stored.size();
    if (!decompressor_) return add_payload(stored);
    for (; !stored.empty(); stored.remove_prefix(std::min(bite_size, stored.size()))) {
      payload_.clear();
      if (!decompressor_->add(stored.substr(0, bite_size), payload_)) return false;
      GOFLOW_TRY(const bool may_be_it, add_payload(payload_));
      if (!may_be_it) return false;
    }
    return true;
  }

  bool finish() {
    payload_.clear();
    if (decompressor_ && !decompressor_->finish(payload_)) return false;
    return size_ == blob_.size_bytes && to_hex(hash_.finish()) == blob_.sha256;
  }

 private:
  Result<bool> add_payload(std::string_view payload) {
    size_ += payload.size();
    if (size_ > blob_.size_bytes) return false;
    hash_.update(payload);
    GOFLOW_TRY(sink_.take(payload));
    return true;
  }

  const BlobRecord& blob_;
  Codec codec_;
  PayloadSink& sink_;
  std::unique_ptr<Transcoder> decompressor_;
  std::string payload_;
  Sha256 hash_;
  std::uint64_t size_ = 0;
  std::uint64_t stored_bytes_ = 0;
};

/// Whether the form is what the beginning looks like, or the bytes are taken as they are.
enum class Belief { by_beginning, as_it_is };

struct Tried {
  bool is_it = false;
  Codec codec = Codec::none;
  std::uint64_t stored_bytes = 0;
};

Result<Tried> try_to_read(ByteStream stored,
                          const BlobRecord& blob,
                          Belief belief,
                          PayloadSink& sink) {
  GOFLOW_TRY(sink.begin(blob.size_bytes));
  std::array<char, piece_size> buffer;  // NOLINT(cppcoreguidelines-pro-type-member-init)
  std::optional<Reading> reading;
  while (true) {
    GOFLOW_TRY(const std::size_t count, stored.read(buffer));
    const std::string_view piece(buffer.data(), count);
    if (!reading) {
      reading.emplace(blob, belief == Belief::as_it_is ? Codec::none : codec_by_magic(piece), sink);
    }
    if (count == 0) {
      return Tried{reading->finish(), reading->codec(), reading->stored_bytes()};
    }
    GOFLOW_TRY(const bool may_be_it, reading->add(piece));
    if (!may_be_it) return Tried{false, reading->codec()};
  }
}

}  // namespace

Result<void> MemorySink::begin(std::uint64_t size_bytes) {
  payload_.clear();
  // What is larger grows as it comes: a record may be wrong.
  payload_.reserve(std::min(size_bytes, enough_at_once));
  return {};
}

Result<void> MemorySink::take(std::string_view bytes) {
  payload_ += bytes;
  return {};
}

Result<void> FileSink::begin(std::uint64_t) {
  if (ftruncate(descriptor_, 0) != 0 || lseek(descriptor_, 0, SEEK_SET) != 0) {
    return cannot_write();
  }
  return {};
}

Result<void> FileSink::take(std::string_view bytes) {
  if (!write_all(descriptor_, bytes)) return cannot_write();
  return {};
}

Result<Unpacking> unpack(const BlobRecord& blob, ObjectStore& store, PayloadSink& sink) {
  for (const Belief belief : {Belief::by_beginning, Belief::as_it_is}) {
    GOFLOW_TRY(auto stored, store.get(blob.key));
    if (!stored) return Unpacking{BlobCondition::missing};
    GOFLOW_TRY(const Tried tried, try_to_read(*std::move(stored), blob, belief, sink));
    if (tried.is_it) return Unpacking{BlobCondition::intact, tried.codec, tried.stored_bytes};
    if (tried.codec == Codec::none) break;  // it was taken as it is already
  }
  return Unpacking{BlobCondition::corrupt};
}

}  // namespace goflow::core
