// Payloads in fewer bytes, in one go or a piece at a time, and back.
#pragma once

#include "core/base/result.hpp"
#include "core/claimcheck/blob_record.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace goflow::core {

struct Compression {
  Codec codec = Codec::gzip;
  int level = 6;
};

/// Turns bytes into others. What there is of the result so far is appended to `out`.
class Transcoder {
 public:
  virtual ~Transcoder() = default;
  virtual Result<void> add(std::string_view bytes, std::string& out) = 0;
  /// All was added.
  virtual Result<void> finish(std::string& out) = 0;
};

/// One member or frame, without a name or a time: the same bytes give the same result.
std::unique_ptr<Transcoder> make_compressor(const Compression& compression);

/// Refuses what is not exactly one whole member or frame, and stops as soon as more than `largest`
/// bytes would come out, however many there are to be.
std::unique_ptr<Transcoder> make_decompressor(Codec codec, std::uint64_t largest);

/// nullopt: it would not get smaller.
Result<std::optional<std::string>> compressed(std::string_view payload,
                                              const Compression& compression);

Result<std::string> decompressed(std::string_view stored, Codec codec, std::uint64_t largest);

/// What the stored bytes look like by their beginning; none: neither of the others.
Codec codec_by_magic(std::string_view stored);

}  // namespace goflow::core
