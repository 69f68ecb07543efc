// Where bytes of unknown length wait until they can be stored: never in memory.
#pragma once

#include "core/base/descriptor.hpp"
#include "core/base/result.hpp"
#include "core/base/sha256.hpp"
#include "core/claimcheck/compression.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace goflow::core {

/// A file without a name: nothing is left of it when its process ends, however that happens.
/// Makes the folder, for its owner alone, if it is not there.
Result<Descriptor> open_unnamed_file(const std::string& folder);

/// A payload as it is to be stored.
struct SpooledPayload {
  Sha256Digest hash{};
  std::uint64_t size_bytes = 0;
  Codec codec = Codec::none;
  std::uint64_t stored_bytes = 0;
  Descriptor file;
};

/// Hashes, counts and compresses in one pass.
class Spool {
 public:
  static Result<Spool> open(std::string folder, const Compression& compression);

  Result<void> add(std::string_view bytes);
  /// What does not get smaller is rebuilt as it was. Nothing may be added after it.
  Result<SpooledPayload> finish();

 private:
  Spool(std::string folder, const Compression& compression, Descriptor file);

  Result<void> write_pending();
  Result<Descriptor> rebuilt() const;

  std::string folder_;
  Compression compression_;
  Descriptor file_;
  std::unique_ptr<Transcoder> compressor_;
  Sha256 hash_;
  std::uint64_t size_ = 0;
  std::uint64_t stored_ = 0;
  std::string pending_;  // compressed, not yet written
};

}  // namespace goflow::core
