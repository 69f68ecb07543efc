#include "core/claimcheck/compression.hpp"

#include "core/claimcheck/codecs.hpp"

namespace goflow::core {
namespace {

/// Without any compression.
class PlainBytes final : public Transcoder {
 public:
  explicit PlainBytes(std::uint64_t largest) : largest_(largest) {}

  Result<void> add(std::string_view bytes, std::string& out) override {
    if (bytes.size() > largest_ - size_) return larger_than(largest_);
    size_ += bytes.size();
    out += bytes;
    return {};
  }

  Result<void> finish(std::string&) override { return {}; }

 private:
  std::uint64_t largest_;
  std::uint64_t size_ = 0;
};

}  // namespace

std::unique_ptr<Transcoder> make_compressor(const Compression& compression) {
  switch (compression.codec) {
    case Codec::gzip:
      return make_gzip_compressor(compression.level);
    case Codec::zstd:
      return make_zstd_compressor(compression.level);
    case Codec::none:
      break;
  }
  return std::make_unique<PlainBytes>(UINT64_MAX);
}

std::unique_ptr<Transcoder> make_decompressor(Codec codec, std::uint64_t largest) {
  switch (codec) {
    case Codec::gzip:
      return make_gzip_decompressor(largest);
    case Codec::zstd:
      return make_zstd_decompressor(largest);
    case Codec::none:
      break;
  }
  return std::make_unique<PlainBytes>(largest);
}

Result<std::optional<std::string>> compressed(std::string_view payload,
                                              const Compression& compression) {
  if (compression.codec == Codec::none) return std::optional<std::string>();
  const auto compressor = make_compressor(compression);
  std::string smaller;
  GOFLOW_TRY(compressor->add(payload, smaller));
  GOFLOW_TRY(compressor->finish(smaller));
  if (smaller.size() >= payload.size()) return std::optional<std::string>();
  return std::optional(std::move(smaller));
}

Result<std::string> decompressed(std::string_view stored, Codec codec, std::uint64_t largest) {
  const auto decompressor = make_decompressor(codec, largest);
  std::string payload;
  GOFLOW_TRY(decompressor->add(stored, payload));
  GOFLOW_TRY(decompressor->finish(payload));
  return payload;
}

Codec codec_by_magic(std::string_view stored) {
  if (stored.starts_with("\x1f\x8b")) return Codec::gzip;
  if (stored.starts_with("\x28\xb5\x2f\xfd")) return Codec::zstd;
  return Codec::none;
}

Error damaged(std::string_view how) {
  return Error{ErrorCode::unavailable, std::string(how)};
}

Error larger_than(std::uint64_t largest) {
  return damaged("more than " + std::to_string(largest) + " bytes come out of it");
}

}  // namespace goflow::core
